import type { FastifyBaseLogger } from 'fastify'
import type Pusher from 'pusher'
import type { Config } from './config.ts'
import type { Sql } from './database/connection.ts'
import type { Relay } from './realtime/relay.ts'

/** Everything an action may use, passed as its first argument. */
export interface Context {
  readonly config: Config
  readonly sql: Sql
  readonly pusher: Pusher
  readonly relay: Relay
  readonly log: FastifyBaseLogger
}
