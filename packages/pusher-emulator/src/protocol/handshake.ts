import type { App } from '../app-state.ts'
import type { CloseReason } from './close-codes.ts'

/** Pusher protocol: "Protocols 1, 2, and 3 are no longer supported". */
const OLDEST = 4
const NEWEST = 7
const VERSION = /^\d+(\.\d+){0,3}(-[\w.]+)?$/
const APP_PATH = /^\/app\/([^/]+)\/?$/

/** Why this connection is refused, or undefined. */
export function refuseHandshake(app: App, target: string): CloseReason | undefined {
  const url = URL.parse(target, 'ws://localhost')
  const key = APP_PATH.exec(url?.pathname ?? '')?.[1]
  if (!url || key === undefined) return 'pathNotFound'
  if (key !== app.settings.key) return 'unknownApp'
  return refuseVersion(url.searchParams) ?? refuseApp(app)
}

/** The protocol version in the client's request; the newest if it cannot be parsed. */
export function protocolOf(target: string): number {
  const version = URL.parse(target, 'ws://localhost')?.searchParams.get('protocol') ?? ''
  return /^\d+$/.test(version) ? Number(version) : NEWEST
}

function refuseVersion(query: URLSearchParams): CloseReason | undefined {
  const protocol = query.get('protocol')
  const version = query.get('version')
  if (!protocol) return 'noProtocol'
  if (!/^\d+$/.test(protocol)) return 'badVersion'
  if (version !== null && !VERSION.test(version)) return 'badVersion'
  const spoken = Number(protocol)
  return spoken >= OLDEST && spoken <= NEWEST ? undefined : 'unsupportedProtocol'
}

function refuseApp(app: App): CloseReason | undefined {
  const { settings, connections } = app
  if (settings.tlsOnly) return 'tlsOnly'
  if (!settings.enabled) return 'appDisabled'
  if (connections.size >= settings.limits.connections) return 'overQuota'
  if (connections.size >= settings.limits.capacity) return 'overCapacity'
  return undefined
}
