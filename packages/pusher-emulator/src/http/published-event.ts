import type { App } from '../app-state.ts'
import { isLegalChannel } from '../channel-name.ts'
import { HttpError } from './http-error.ts'

export interface PublishedEvent {
  name: string
  data: string
  channels: readonly string[]
  socketId: string | undefined
}

const SOCKET_ID = /^\d+\.\d+$/
const RESERVED = /^pusher(_internal)?:/

export function parseEvent(
  app: App,
  body: Record<string, unknown>,
  channels: readonly string[],
): PublishedEvent {
  const name = requireName(app, body.name)
  const data = requireData(app, body.data)
  return { name, data, channels, socketId: requireSocketId(body.socket_id) }
}

export function requireChannels(app: App, body: Record<string, unknown>): readonly string[] {
  const named: unknown[] = Array.isArray(body.channels) ? body.channels : [body.channel]
  const { limits } = app.settings
  if (named.length === 0 || named[0] === undefined) {
    throw new HttpError(400, 'Missing required parameter: channels')
  }
  if (named.length > limits.channelsPerPublish) {
    throw new HttpError(400, `Too many channels: at most ${limits.channelsPerPublish} an event`)
  }
  return named.map((channel) => {
    if (typeof channel === 'string' && isLegalChannel(channel, limits)) return channel
    throw new HttpError(400, `Invalid channel name: '${String(channel)}'`)
  })
}

function requireName(app: App, name: unknown): string {
  const limit = app.settings.limits.eventNameChars
  if (typeof name !== 'string' || name === '') {
    throw new HttpError(400, 'Missing required parameter: name')
  }
  if (name.length > limit) throw new HttpError(400, `Event name too long: at most ${limit}`)
  if (RESERVED.test(name)) throw new HttpError(400, `Event name is reserved: '${name}'`)
  return name
}

/** The limit is in bytes, so non-ASCII text reaches it at a shorter length. */
function requireData(app: App, data: unknown): string {
  const limit = app.settings.limits.eventDataBytes
  if (typeof data !== 'string') {
    throw new HttpError(400, 'Missing required parameter: data, a string')
  }
  if (Buffer.byteLength(data) <= limit) return data
  throw new HttpError(
    413,
    `The data content of this event exceeds the allowed maximum (${limit} bytes). See https://pusher.com/docs/channels/server_api/http-api#publishing-events for more info`,
  )
}

function requireSocketId(socketId: unknown): string | undefined {
  if (socketId === undefined || socketId === null) return undefined
  if (typeof socketId === 'string' && SOCKET_ID.test(socketId)) return socketId
  throw new HttpError(400, `Invalid socket id: ${JSON.stringify(socketId)}`)
}
