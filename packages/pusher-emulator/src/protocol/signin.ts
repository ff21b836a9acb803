import type { App, Connection, SignedInUser } from '../app-state.ts'
import { isLegalUser } from '../channel-name.ts'
import { send } from '../delivery.ts'
import { refuseSignature, userText } from './authorization.ts'
import { closeWith } from './close-codes.ts'
import { errorFrame, isRecord, parseRecord } from './frames.ts'
import { comeOnline } from './watchlist.ts'

/** Pusher protocol, pusher:signin: "fails if the connection is already associated with a different user id". */
export function signIn(app: App, connection: Connection, data: Record<string, unknown>): void {
  const userData = data.user_data
  if (typeof userData !== 'string') return refuse(app, connection, 'user_data is missing')
  const reason = refuseSignature(app, data.auth, userText(connection, userData))
  if (reason !== undefined) return refuse(app, connection, reason)
  const user = userFrom(app, userData)
  if (!user) {
    return refuse(app, connection, 'user_data needs an id of letters, digits and _ - = @ , . ;')
  }
  if (connection.user && connection.user.id !== user.id) {
    return send(app, connection, errorFrame('Connection is already signed in as another user'))
  }
  accept(app, connection, user, userData)
}

function accept(app: App, connection: Connection, user: SignedInUser, userData: string): void {
  const isNew = connection.user === undefined
  Object.assign(connection, { user })
  const connections = app.users.get(user.id) ?? new Set()
  app.users.set(user.id, connections.add(connection))
  const data = JSON.stringify({ user_data: userData })
  send(app, connection, JSON.stringify({ event: 'pusher:signin_success', data }))
  comeOnline(app, connection, { user, isNew })
}

function userFrom(app: App, userData: string): SignedInUser | undefined {
  const data = parseRecord(userData)
  if (!data || typeof data.id !== 'string') return undefined
  if (!isLegalUser(data.id, app.settings.limits)) return undefined
  const listed = Array.isArray(data.watchlist) ? data.watchlist : []
  const watchlist = listed.filter((id): id is string => typeof id === 'string')
  return { id: data.id, info: isRecord(data.user_info) ? data.user_info : {}, watchlist }
}

function refuse(app: App, connection: Connection, message: string): void {
  send(app, connection, errorFrame(message, 4009))
  closeWith(connection, 'unauthorized')
}
