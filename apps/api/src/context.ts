import type { FastifyBaseLogger } from 'fastify'
import type Pusher from 'pusher'
import { createManagement, type Auth0Management } from './auth0/management.ts'
import { createClock, type Clock } from './clock-skew.ts'
import type { Config } from './config.ts'
import { connect, type Sql } from './database/connection.ts'
import { createRefusals, type Refusals } from './audit/refusals.ts'
import { openMessageWriter, type MessageWriter } from './features/messages/message-writer.ts'
import { createRevocation, type Revocation } from './features/revocation/revocation.worker.ts'
import {
  createFindChannelEpochs,
  type FindChannelEpochs,
} from './features/channel-auth/channel-auth.lookup.ts'
import { createFindCaller, type FindCaller } from './plugins/authentication/caller.lookup.ts'
import { createConsumers, type Consumers } from './log/consumers.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { createKeySet, type KeySet } from './plugins/authentication/key-set.ts'
import { createPublisher } from './realtime/publisher.ts'

const REQUEST_CONNECTIONS = 10
const BACKGROUND_CONNECTIONS = 4
const CLOSE_SECONDS = 5

/** Everything an action may use, passed as its first argument. */
export interface Context {
  readonly config: Config
  readonly sql: Sql
  /** A pool of its own for background work, so that requests never wait for its connections. */
  readonly background: Sql
  readonly pusher: Pusher
  readonly consumers: Consumers
  readonly revocation: Revocation
  /** Undefined when Conclave has no credentials for Auth0's Management API. */
  readonly management: Auth0Management | undefined
  readonly keys: KeySet
  readonly clock: Clock
  readonly messageWriter: MessageWriter
  readonly metrics: Metrics
  readonly refusals: Refusals
  readonly findCaller: FindCaller
  readonly findChannelEpochs: FindChannelEpochs
  readonly log: FastifyBaseLogger
}

/** The same context on the background pool. */
export function inBackground(ctx: Context): Context {
  return { ...ctx, sql: ctx.background }
}

export interface OpenContext {
  readonly ctx: Context
  readonly close: () => Promise<void>
}

export function openContext(
  config: Config,
  log: FastifyBaseLogger,
  /** The clock by which the issuer's keys expire. */
  now: () => number = Date.now,
  /** This machine's clock, by which tokens are checked. */
  ownClock?: () => number,
): OpenContext {
  const sql = connect(config.databaseUrl, {
    applicationName: 'conclave-api',
    maxConnections: REQUEST_CONNECTIONS,
  })
  const background = connect(config.databaseUrl, {
    applicationName: 'conclave-background',
    maxConnections: BACKGROUND_CONNECTIONS,
  })
  const pusher = createPublisher(config)
  const metrics = createMetrics()
  const management = createManagement(config)
  const revocation = createRevocation({ sql: background, pusher, management, log })
  const consumers = createConsumers({ databaseUrl: config.databaseUrl, metrics, log })
  const messageWriter = openMessageWriter({ sql, consumers, metrics })
  const clock = createClock({ log, ...(ownClock ? { now: ownClock } : {}) })
  const keys = createKeySet({
    issuer: config.auth0.issuer,
    log,
    now,
    onDate: (issuerMs, askedAtMs) => clock.compare('sign-in', issuerMs, askedAtMs),
  })
  const refusals = createRefusals({ sql, log })
  const lookups = {
    findCaller: createFindCaller(sql),
    findChannelEpochs: createFindChannelEpochs(sql),
  }
  const vendors = { pusher, consumers, management, revocation, keys }
  const own = { messageWriter, refusals, clock, ...lookups, metrics, log }
  return { ctx: { config, sql, background, ...vendors, ...own }, close }

  /** Consumers and writers finish first, then the database connections close. */
  async function close(): Promise<void> {
    await Promise.all([consumers.close(), revocation.close(), refusals.close()])
    const pools = [sql, background]
    await Promise.all(pools.map((pool) => pool.end({ timeout: CLOSE_SECONDS })))
  }
}
