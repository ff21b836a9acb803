import type { App, Connection, SignedInUser } from '../app-state.ts'
import { send } from '../delivery.ts'
import { errorFrame, eventFrame } from './frames.ts'

type Presence = 'online' | 'offline'

/** Pusher docs, Watchlist events: first the current state, then every change. */
export function comeOnline(
  app: App,
  connection: Connection,
  { user, isNew }: { user: SignedInUser; isNew: boolean },
): void {
  if (!app.settings.watchlist) return
  tellSnapshot(app, connection, user)
  if (isNew && app.users.get(user.id)?.size === 1) tellWatchers(app, user.id, 'online')
}

export function goOffline(app: App, connection: Connection): void {
  const { user } = connection
  if (!user) return
  const connections = app.users.get(user.id)
  connections?.delete(connection)
  if (!connections || connections.size > 0) return
  app.users.delete(user.id)
  if (app.settings.watchlist) tellWatchers(app, user.id, 'offline')
}

function tellSnapshot(app: App, connection: Connection, user: SignedInUser): void {
  const limit = app.settings.limits.watchlistUsers
  if (user.watchlist.length > limit) {
    user.watchlist = user.watchlist.slice(0, limit)
    const accepted = JSON.stringify(user.watchlist)
    const message = `Watchlist limit of ${limit} exceeded. Accepted user ids: ${accepted}`
    send(app, connection, errorFrame(message, 4302))
  }
  const online = user.watchlist.filter((id) => app.users.has(id))
  const offline = user.watchlist.filter((id) => !app.users.has(id))
  const events = [
    { name: 'online', user_ids: online },
    { name: 'offline', user_ids: offline },
  ].filter((event) => event.user_ids.length > 0)
  if (events.length > 0) send(app, connection, watchlistFrame(events))
}

function tellWatchers(app: App, userId: string, name: Presence): void {
  const frame = watchlistFrame([{ name, user_ids: [userId] }])
  for (const connections of app.users.values()) {
    for (const watcher of connections) {
      if (watcher.user?.watchlist.includes(userId)) send(app, watcher, frame)
    }
  }
}

function watchlistFrame(events: readonly { name: string; user_ids: string[] }[]): string {
  return eventFrame('pusher_internal:watchlist_events', JSON.stringify({ events }))
}
