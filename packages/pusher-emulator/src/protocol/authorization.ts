import type { App, Connection } from '../app-state.ts'
import { sameText, sign } from '../hmac.ts'

/** Why an `auth` value is refused, in Pusher's own words, or undefined when it is valid. */
export function refuseSignature(app: App, auth: unknown, signed: string): string | undefined {
  if (typeof auth !== 'string' || auth === '') return 'Auth value for subscription is missing'
  const colon = auth.indexOf(':')
  const key = auth.slice(0, Math.max(0, colon))
  const signature = auth.slice(colon + 1)
  if (key !== app.settings.key) return `Invalid key in subscription auth data: '${key}'`
  if (sameText(signature, sign(app.settings.secret, signed))) return undefined
  return `Invalid signature: Expected HMAC SHA256 hex digest of ${signed}, but got ${signature}`
}

/** Pusher docs, Auth signatures: socket, channel and, when present, the channel data as sent. */
export function channelText(connection: Connection, channel: string, channelData: unknown): string {
  const text = `${connection.socketId}:${channel}`
  return typeof channelData === 'string' ? `${text}:${channelData}` : text
}

export function userText(connection: Connection, userData: string): string {
  return `${connection.socketId}::user::${userData}`
}
