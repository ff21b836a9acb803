import { randomBytes } from 'node:crypto'
import { startAuth0Emulator, type Auth0Emulator } from '@conclave/auth0-emulator/index'
import {
  startPusherEmulator,
  type PusherEmulator,
  type PusherEmulatorOptions,
} from '@conclave/pusher-emulator/index'
import type { FastifyInstance } from 'fastify'
import { inject } from 'vitest'
import type { Context } from '../src/context.ts'
import { connectAsOwner, type Sql } from '../src/database/connection.ts'
import { createMigratedDatabase } from './database.ts'
import { startInstance, type Instance } from './instance.ts'

export const WEB_ORIGIN = 'http://localhost:5173'

/** The secret of the emulated Auth0 event stream, once a test turns it on. */
export const EVENTS_SECRET = 'an-event-stream-secret-for-tests-only'

const PEOPLE = ['alice', 'bob', 'carol', 'mallory'] as const

/** The real api on a free port, with a database of its own and both emulators. */
export interface Harness extends Instance {
  /** With the api's role and its rights. */
  sql: Sql
  /** As the owner of the tables. */
  owner: Sql
  pusher: PusherEmulator
  auth0: Auth0Emulator
  /** A second instance of the api over the same database and vendors; it is closed with the first. */
  another(env?: Record<string, string>): Promise<Instance>
}

export interface HarnessOptions {
  /** Overrides the environment that the api is started with. */
  env?: Record<string, string>
  /** Options of the Pusher emulator. */
  pusher?: PusherEmulatorOptions
  /** Called before the server is ready, for a test that needs a route of its own. */
  routes?: (app: FastifyInstance, ctx: Context) => void
  /** The clock by which the issuer's keys expire. */
  now?: () => number
  /** The clock of the machine that the api runs on. */
  ownClock?: () => number
  /** How long hints are gathered, for a test that waits for them: a second if this says nothing. */
  hintsEveryMs?: number
}

export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const [database, auth0, pusher] = await Promise.all([
    createMigratedDatabase(),
    startAuth0Emulator({
      port: 0,
      keys: inject('tenantKeys'),
      webOrigins: [WEB_ORIGIN],
      people: PEOPLE.map((name) => ({
        name: name.charAt(0).toUpperCase() + name.slice(1),
        email: `${name}@example.com`,
        // Nobody types it here, and each different one would be hashed.
        password: 'in-conclave',
      })),
    }),
    startPusherEmulator({ port: 0, ...options.pusher }),
  ])
  const env = { ...environment({ database: database.url, auth0, pusher }), ...options.env }
  const first = await startInstance({ ...options, env, auth0 })
  // Tests run rounds themselves when they need one.
  await first.ctx.sql`update rounds set began_at = now() + interval '1 day'`
  const instances = [first]
  const owner = connectAsOwner(database.url, { applicationName: 'test-owner', maxConnections: 1 })

  async function another(more: Record<string, string> = {}): Promise<Instance> {
    const { hintsEveryMs } = options
    const next = await startInstance({ env: { ...env, ...more }, auth0, hintsEveryMs })
    instances.push(next)
    return next
  }
  async function close(): Promise<void> {
    await Promise.all(instances.map(async (instance) => instance.close()))
    await Promise.all([auth0.close(), pusher.close(), owner.end()])
    await database.drop()
  }
  return {
    ...first,
    sql: first.ctx.sql,
    owner,
    pusher,
    auth0,
    another,
    close,
    [Symbol.asyncDispose]: close,
  }
}

export function environment(given: {
  database: string
  auth0: Pick<Auth0Emulator, 'url' | 'audience' | 'clientId' | 'management'>
  pusher: { appId: string; key: string; secret: string; port: number }
}): Record<string, string> {
  return {
    API_PORT: '0',
    WEB_ORIGIN,
    DATABASE_URL: given.database,
    AUTH0_DOMAIN: given.auth0.url,
    AUTH0_AUDIENCE: given.auth0.audience,
    AUTH0_CLIENT_ID: given.auth0.clientId,
    AUTH0_MANAGEMENT_CLIENT_ID: given.auth0.management.clientId,
    AUTH0_MANAGEMENT_CLIENT_SECRET: given.auth0.management.clientSecret,
    AUTH0_EVENTS_SECRET: EVENTS_SECRET,
    PUSHER_APP_ID: given.pusher.appId,
    PUSHER_KEY: given.pusher.key,
    PUSHER_SECRET: given.pusher.secret,
    PUSHER_HOST: 'http://localhost',
    PUSHER_PORT: String(given.pusher.port),
    PUSHER_MASTER_KEY: randomBytes(32).toString('base64'),
    // Tests do in a second what people do in an hour; tests of the limits set their own.
    API_LIMITS_FACTOR: '1000',
  }
}
