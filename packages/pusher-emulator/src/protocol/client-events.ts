import type { App, Channel, Connection } from '../app-state.ts'
import { announce, send } from '../delivery.ts'
import { errorFrame, eventFrame } from './frames.ts'
import { memberOf } from './presence-channel.ts'

export interface ClientEvent {
  event: string
  channel: unknown
  data: unknown
}

/** Pusher docs, Events: "Triggering client events". Never echoed to the sender, never cached. */
export function relayClientEvent(app: App, connection: Connection, sent: ClientEvent): void {
  if (isTooFast(app, connection)) {
    return send(app, connection, errorFrame(tooFastMessage(app), 4301))
  }
  const channel = app.channels.get(String(sent.channel))
  const data = typeof sent.data === 'string' ? sent.data : JSON.stringify(sent.data ?? null)
  const reason = refuseClientEvent(app, connection, channel, sent, data)
  if (reason !== undefined) return send(app, connection, errorFrame(reason))
  if (channel) relay(app, connection, channel, sent.event, data)
}

function relay(app: App, from: Connection, channel: Channel, event: string, data: string): void {
  const { name } = channel
  // The id is ours, from the authorized membership: receivers may trust it, unlike the data.
  const userId = channel.kind.access === 'presence' ? memberOf(channel, from)?.id : undefined
  announce(app, channel, eventFrame(event, data, name, userId), from.socketId)
  const webhook = { name: 'client_event', channel: name, event, data, socket_id: from.socketId }
  app.webhooks.emit(userId === undefined ? webhook : { ...webhook, user_id: userId })
}

function refuseClientEvent(
  app: App,
  connection: Connection,
  channel: Channel | undefined,
  { event, channel: name }: ClientEvent,
  data: string,
): string | undefined {
  const { settings } = app
  if (!settings.clientEvents) {
    return 'To send client events, you must enable this feature in the Settings page of your dashboard.'
  }
  if (!channel || !connection.channels.has(channel)) {
    return `Client event rejected - not subscribed to channel ${String(name)}`
  }
  if (!isOpenToClients(channel)) {
    return 'Client event rejected - only supported on private and presence channels'
  }
  if (event.length > settings.limits.eventNameChars) return 'Client event rejected - name too long'
  if (Buffer.byteLength(data) <= settings.limits.eventDataBytes) return undefined
  return `Client event rejected - data exceeds ${settings.limits.eventDataBytes} bytes`
}

/** Pusher protocol: "not currently prohibited in encrypted channels", though no library of Pusher's sends them. */
function isOpenToClients({ kind }: Channel): boolean {
  return kind.access === 'private' || kind.access === 'presence'
}

function isTooFast(app: App, { clientEventWindow: window }: Connection): boolean {
  const now = Date.now()
  if (now - window.startedAt >= 1000) {
    window.startedAt = now
    window.count = 0
  }
  window.count += 1
  return window.count > app.settings.limits.clientEventsPerSecond
}

function tooFastMessage(app: App): string {
  const limit = app.settings.limits.clientEventsPerSecond
  return `The client event rate limit of ${limit} messages per second was exceeded`
}
