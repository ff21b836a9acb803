import type { App } from '../app-state.ts'
import type { CloseReason } from './close-codes.ts'

const PROTOCOL = '7'
const VERSION = /^\d+(\.\d+){0,3}(-[\w.]+)?$/
const APP_PATH = /^\/app\/([^/]+)\/?$/

/** Why this connection may not be established, or undefined. */
export function refuseHandshake(app: App, target: string): CloseReason | undefined {
  const url = URL.parse(target, 'ws://localhost')
  const key = APP_PATH.exec(url?.pathname ?? '')?.[1]
  if (!url || key === undefined) return 'pathNotFound'
  if (key !== app.settings.key) return 'unknownApp'
  return refuseVersion(url.searchParams) ?? refuseApp(app)
}

function refuseVersion(query: URLSearchParams): CloseReason | undefined {
  const protocol = query.get('protocol')
  const version = query.get('version')
  if (!protocol) return 'noProtocol'
  if (!/^\d+$/.test(protocol)) return 'badVersion'
  if (version !== null && !VERSION.test(version)) return 'badVersion'
  return protocol === PROTOCOL ? undefined : 'unsupportedProtocol'
}

function refuseApp(app: App): CloseReason | undefined {
  const { settings, connections } = app
  if (settings.tlsOnly) return 'tlsOnly'
  if (!settings.enabled) return 'appDisabled'
  if (connections.size >= settings.limits.connections) return 'overQuota'
  if (connections.size >= settings.limits.capacity) return 'overCapacity'
  return undefined
}
