import type { App, CachedEvent, Channel, Connection } from '../app-state.ts'
import { send } from '../delivery.ts'

/** Pusher docs, Cache channels: the last published event, for 30 minutes. */
export function remember(app: App, channel: string, frame: string, data: string): void {
  dropExpired(app)
  app.cache.delete(channel)
  const occupied = app.channels.get(channel)
  if (occupied) occupied.missTold = false
  app.cache.set(channel, { frame, data, expiresAt: Date.now() + app.settings.limits.cacheTtlMs })
}

export function recall(app: App, channel: string): CachedEvent | undefined {
  const cached = app.cache.get(channel)
  if (!cached || cached.expiresAt <= Date.now()) return undefined
  return cached
}

export function deliverCached(app: App, connection: Connection, channel: Channel): void {
  const { name } = channel
  const cached = recall(app, name)
  if (cached) return send(app, connection, cached.frame, name)
  send(app, connection, JSON.stringify({ event: 'pusher:cache_miss', channel: name }), name)
  // Pusher docs, Cache channels: each client is notified, and the server once, however many subscribe.
  if (channel.missTold) return
  channel.missTold = true
  app.webhooks.emit({ name: 'cache_miss', channel: name })
}

/** All entries have the same lifetime, so the map's insertion order is the order of expiry. */
function dropExpired(app: App): void {
  for (const [name, cached] of app.cache) {
    if (cached.expiresAt > Date.now()) return
    app.cache.delete(name)
  }
}
