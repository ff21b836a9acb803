import type { App, Channel, Connection } from './app-state.ts'
import { kindOf } from './channel-name.ts'

/** Pusher docs, Webhooks: leaving and returning within the debounce cancel each other. */
export function enterChannel(app: App, connection: Connection, name: string): Channel {
  const channel = app.channels.get(name) ?? openChannel(app, name)
  channel.subscribers.add(connection)
  connection.channels.add(channel)
  return channel
}

export function exitChannel(app: App, connection: Connection, channel: Channel): void {
  channel.subscribers.delete(connection)
  connection.channels.delete(channel)
  if (channel.subscribers.size > 0) return
  clearTimeout(channel.countTimer)
  app.channels.delete(channel.name)
  if (isWatched(channel)) {
    const event = { name: 'channel_vacated', channel: channel.name }
    app.webhooks.emitLater(`channel ${channel.name}`, event)
  }
}

function openChannel(app: App, name: string): Channel {
  const channel: Channel = {
    name,
    kind: kindOf(name),
    subscribers: new Set(),
    members: new Map(),
    countTimer: undefined,
    missTold: false,
  }
  app.channels.set(name, channel)
  if (isWatched(channel) && !app.webhooks.cancelLater(`channel ${name}`)) {
    app.webhooks.emit({ name: 'channel_occupied', channel: name })
  }
  return channel
}

function isWatched(channel: Channel): boolean {
  return channel.kind.access !== 'server-to-user'
}
