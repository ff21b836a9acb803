import type { App, Channel, Connection } from '../app-state.ts'
import { isLegalChannel, kindOf, SERVER_TO_USER, type ChannelKind } from '../channel-name.ts'
import { enterChannel } from '../channel-lifecycle.ts'
import { send } from '../delivery.ts'
import { channelText, refuseSignature } from './authorization.ts'
import { deliverCached } from './cache-channel.ts'
import { errorFrame, eventFrame } from './frames.ts'
import { joinPresence, memberFor, refuseMember } from './presence-channel.ts'
import { announceCount } from './subscription-count.ts'

export function subscribe(app: App, connection: Connection, data: Record<string, unknown>): void {
  const name = data.channel
  if (typeof name !== 'string') return refuse(app, connection, 'Missing parameter: channel')
  if (!isLegalChannel(name, app.settings.limits)) {
    return refuse(app, connection, `Invalid channel name: '${name}'`)
  }
  if (isSubscribed(app, connection, name)) {
    return refuse(app, connection, `Existing subscription to channel ${name}`)
  }
  const kind = kindOf(name)
  const reason = refuseAccess(app, connection, kind, name, data)
  if (reason !== undefined) return refuse(app, connection, reason)
  if (kind.access === 'presence') return subscribePresence(app, connection, name, data)
  const channel = enterChannel(app, connection, name)
  succeed(app, connection, channel, '{}')
  announceCount(app, channel)
}

function subscribePresence(
  app: App,
  connection: Connection,
  name: string,
  data: Record<string, unknown>,
): void {
  const member = memberFor(connection, data.channel_data)
  if (typeof member === 'string') return refuse(app, connection, member)
  const refusal = refuseMember(app, name, member)
  if (refusal) return send(app, connection, refusal, name)
  const channel = enterChannel(app, connection, name)
  succeed(app, connection, channel, joinPresence(app, connection, channel, member))
}

function refuseAccess(
  app: App,
  connection: Connection,
  kind: ChannelKind,
  name: string,
  data: Record<string, unknown>,
): string | undefined {
  if (kind.access === 'public') return undefined
  if (kind.access === 'server-to-user') return refuseUserChannel(connection, name)
  return refuseSignature(app, data.auth, channelText(connection, name, data.channel_data))
}

/** Only the signed-in user may read their own channel; it carries no signature of its own. */
function refuseUserChannel(connection: Connection, name: string): string | undefined {
  if (connection.user && name === SERVER_TO_USER + connection.user.id) return undefined
  return `Not authorized to subscribe to channel ${name}`
}

function succeed(app: App, connection: Connection, channel: Channel, data: string): void {
  const { name } = channel
  const frame = eventFrame('pusher_internal:subscription_succeeded', data, name)
  send(app, connection, frame, name)
  if (channel.kind.cached) deliverCached(app, connection, channel)
}

function isSubscribed(app: App, connection: Connection, name: string): boolean {
  const channel = app.channels.get(name)
  return channel !== undefined && connection.channels.has(channel)
}

function refuse(app: App, connection: Connection, message: string): void {
  send(app, connection, errorFrame(message))
}
