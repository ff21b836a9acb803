import type { App, Connection } from '../app-state.ts'
import { send } from '../delivery.ts'
import { closeWith } from './close-codes.ts'
import { eventFrame } from './frames.ts'

const PING = eventFrame('pusher:ping', '{}')
/** In earlier protocols a client need not answer. */
const ANSWERS_PINGS_FROM = 5
const PONG = eventFrame('pusher:pong', '{}')

export function answerPing(app: App, connection: Connection): void {
  send(app, connection, PONG)
}

/**
 * Pusher protocol: Ping and pong messages. Any message counts as activity, so messages only store the time, and timers
 * compare it when they fire.
 */
export function watchActivity(app: App, connection: Connection): void {
  if (connection.protocol < ANSWERS_PINGS_FROM) return
  const activityMs = app.settings.activityTimeoutSeconds * 1000
  const pongMs = app.settings.pongTimeoutSeconds * 1000
  wait(activityMs)

  function wait(ms: number): void {
    const timer = setTimeout(() => {
      connection.timers.delete(timer)
      check()
    }, ms)
    connection.timers.add(timer)
  }

  function check(): void {
    const quietMs = Date.now() - connection.heardAt
    if (quietMs < activityMs) return wait(activityMs - quietMs)
    const pingedAt = Date.now()
    send(app, connection, PING)
    const timer = setTimeout(() => {
      connection.timers.delete(timer)
      if (connection.heardAt >= pingedAt) return check()
      closeWith(connection, 'noPong')
    }, pongMs)
    connection.timers.add(timer)
  }
}

/** Pusher docs, Authorized connections: closes connections that do not identify themselves in time. */
export function requireAuthorization(app: App, connection: Connection): void {
  const timeoutMs = app.settings.authorizedConnectionsTimeoutMs
  if (timeoutMs === undefined) return
  const timer = setTimeout(() => {
    connection.timers.delete(timer)
    if (!isAuthorized(connection)) closeWith(connection, 'unauthorized')
  }, timeoutMs)
  connection.timers.add(timer)
}

function isAuthorized(connection: Connection): boolean {
  if (connection.user) return true
  for (const { kind } of connection.channels) {
    if (kind.access === 'private' || kind.access === 'presence') return true
  }
  return false
}
