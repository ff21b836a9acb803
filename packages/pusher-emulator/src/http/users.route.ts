import type { App } from '../app-state.ts'
import { isLegalUser } from '../channel-name.ts'
import { closeWith } from '../protocol/close-codes.ts'
import { HttpError } from './http-error.ts'

/**
 * POST /apps/:id/users/:user/terminate_connections. Reaches signed-in connections only, not those
 * that are merely in a presence channel (Pusher docs, Terminating user connections).
 */
export function terminateConnections(app: App, userId: string): object {
  if (!isLegalUser(userId, app.settings.limits)) throw new HttpError(400, 'Invalid user id')
  for (const connection of app.users.get(userId) ?? []) closeWith(connection, 'unauthorized')
  return {}
}
