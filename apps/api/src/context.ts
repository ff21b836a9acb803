import type { FastifyBaseLogger } from 'fastify'
import type Pusher from 'pusher'
import type { Config } from './config.ts'
import { connect, type Sql } from './database/connection.ts'
import { createRefusals, type Refusals } from './features/audit/refusals.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { createKeySet, type KeySet } from './plugins/key-set.ts'
import { createPublisher } from './realtime/publisher.ts'
import { createRelay, RELAY_CONNECTIONS, type Relay } from './realtime/relay.ts'

const REQUEST_CONNECTIONS = 10
const CLOSE_SECONDS = 5

/** Everything an action may use, passed as its first argument. */
export interface Context {
  readonly config: Config
  readonly sql: Sql
  readonly pusher: Pusher
  readonly relay: Relay
  readonly keys: KeySet
  readonly metrics: Metrics
  readonly refusals: Refusals
  readonly log: FastifyBaseLogger
}

export interface OpenContext {
  readonly ctx: Context
  readonly close: () => Promise<void>
}

export function openContext(
  config: Config,
  log: FastifyBaseLogger,
  /** The clock by which the issuer's keys grow old. */
  now: () => number = Date.now,
): OpenContext {
  const sql = connect(config.databaseUrl, {
    applicationName: 'conclave-api',
    maxConnections: REQUEST_CONNECTIONS,
  })
  const relaySql = connect(config.databaseUrl, {
    applicationName: 'conclave-relay',
    maxConnections: RELAY_CONNECTIONS,
  })
  const pusher = createPublisher(config)
  const metrics = createMetrics()
  const relay = createRelay({ sql: relaySql, pusher, metrics, log })
  const keys = createKeySet({ issuer: config.auth0.issuer, log, now })
  const refusals = createRefusals({ sql, log })
  return { ctx: { config, sql, pusher, relay, keys, refusals, metrics, log }, close }

  /** What is being published or written down ends first, then the database. */
  async function close(): Promise<void> {
    await Promise.all([relay.close(), refusals.close()])
    await Promise.all([sql, relaySql].map((pool) => pool.end({ timeout: CLOSE_SECONDS })))
  }
}
