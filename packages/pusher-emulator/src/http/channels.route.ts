import type { App } from '../app-state.ts'
import { isLegalChannel, kindOf } from '../channel-name.ts'
import { describe, parseInfo, requireAvailable } from './attributes.ts'
import { HttpError } from './http-error.ts'
import type { Query } from './signature.ts'

/** GET /apps/:id/channels */
export function listChannels(app: App, query: Query): object {
  const prefix = query.get('filter_by_prefix') ?? ''
  const attributes = parseInfo(app, query.get('info'))
  if (attributes.includes('user_count') && !prefix.startsWith('presence-')) {
    throw new HttpError(
      400,
      'user_count may only be requested for presence channels - please supply filter_by_prefix beginning with presence-',
    )
  }
  const channels: Record<string, object> = {}
  for (const { name, kind } of app.channels.values()) {
    if (kind.access === 'server-to-user' || !name.startsWith(prefix)) continue
    channels[name] = describe(app, name, attributes)
  }
  return { channels }
}

/** GET /apps/:id/channels/:channel */
export function showChannel(app: App, query: Query, name: string): object {
  requireName(app, name)
  const attributes = parseInfo(app, query.get('info'))
  requireAvailable(name, attributes)
  return { occupied: app.channels.has(name), ...describe(app, name, attributes) }
}

/** GET /apps/:id/channels/:channel/users */
export function listUsers(app: App, name: string): object {
  requireName(app, name)
  if (kindOf(name).access !== 'presence') {
    throw new HttpError(400, 'Users can only be retrieved for presence channels')
  }
  const members = app.channels.get(name)?.members.keys() ?? []
  return { users: Array.from(members, (id) => ({ id })) }
}

function requireName(app: App, name: string): void {
  if (isLegalChannel(name, app.settings.limits)) return
  throw new HttpError(400, `Invalid channel name: '${name}'`)
}
