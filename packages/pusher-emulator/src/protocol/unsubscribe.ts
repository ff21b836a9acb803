import type { App, Channel, Connection } from '../app-state.ts'
import { exitChannel } from '../channel-lifecycle.ts'
import { leavePresence } from './presence-channel.ts'
import { announceCount } from './subscription-count.ts'

/** Pusher protocol: `pusher:unsubscribe` has no reply. */
export function unsubscribe(app: App, connection: Connection, data: Record<string, unknown>): void {
  const channel = app.channels.get(String(data.channel))
  if (!channel || !connection.channels.has(channel)) return
  leave(app, connection, channel)
}

export function leave(app: App, connection: Connection, channel: Channel): void {
  exitChannel(app, connection, channel)
  if (channel.kind.access === 'presence') leavePresence(app, connection, channel)
  else announceCount(app, channel)
}
