import { randomBytes } from 'node:crypto'
import { startAuth0Emulator, type Auth0Emulator } from '@conclave/auth0-emulator/index'
import { startPusherEmulator, type PusherEmulator } from '@conclave/pusher-emulator/index'
import { createClient, type Call } from '@conclave/shared/client'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../src/app.ts'
import { loadConfig } from '../src/config.ts'
import { openContext, type Context } from '../src/context.ts'
import type { Sql } from '../src/database/connection.ts'
import { migrate } from '../src/database/migrate.ts'
import { createServer } from '../src/server.ts'
import { createDatabase } from './database.ts'
import { captureLog, type CapturedLog } from './log.ts'

export const WEB_ORIGIN = 'http://localhost:5173'

const PEOPLE = ['alice', 'bob', 'carol', 'mallory'] as const
type Email = `${(typeof PEOPLE)[number]}@example.com` | (string & {})

export interface Caller {
  call: Call
  token: string
}

/** The real api on a free port, over a database of its own and both vendors' stand-ins. */
export interface Harness extends AsyncDisposable {
  url: string
  app: FastifyInstance
  ctx: Context
  sql: Sql
  pusher: PusherEmulator
  auth0: Auth0Emulator
  log: CapturedLog
  /** A person who signed in just now. */
  as(email: Email): Promise<Caller>
  close(): Promise<void>
}

export interface HarnessOptions {
  /** Put over the environment the api is started with. */
  env?: Record<string, string>
  /** Called before the routes are sealed, for a test that needs one of its own. */
  routes?: (app: FastifyInstance, ctx: Context) => void
}

export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const [database, auth0, pusher] = await Promise.all([
    createDatabase(),
    startAuth0Emulator({
      port: 0,
      webOrigins: [WEB_ORIGIN],
      people: PEOPLE.map((name) => ({
        name: name.charAt(0).toUpperCase() + name.slice(1),
        email: `${name}@example.com`,
        password: `${name}-in-conclave`,
      })),
    }),
    startPusherEmulator({ port: 0 }),
  ])
  const log = captureLog()
  const config = loadConfig({
    ...environment({ database: database.url, auth0, pusher }),
    ...options.env,
  })
  const app = createServer(config, log.stream)
  const { ctx, close: closeContext } = openContext(config, app.log)
  await migrate(ctx.sql)
  await buildApp(app, ctx)
  options.routes?.(app, ctx)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })

  async function close(): Promise<void> {
    await app.close()
    await closeContext()
    await Promise.all([auth0.close(), pusher.close()])
    await database.drop()
  }
  async function as(email: Email): Promise<Caller> {
    const token = await auth0.accessTokenFor(email)
    return { token, call: createClient({ baseUrl: url, fetch, token: async () => token }) }
  }
  return {
    url,
    app,
    ctx,
    sql: ctx.sql,
    pusher,
    auth0,
    log,
    as,
    close,
    [Symbol.asyncDispose]: close,
  }
}

export function environment(given: {
  database: string
  auth0: { url: string; audience: string; clientId: string }
  pusher: { appId: string; key: string; secret: string; port: number }
}): Record<string, string> {
  return {
    API_PORT: '0',
    WEB_ORIGIN,
    DATABASE_URL: given.database,
    AUTH0_DOMAIN: given.auth0.url,
    AUTH0_AUDIENCE: given.auth0.audience,
    AUTH0_CLIENT_ID: given.auth0.clientId,
    PUSHER_APP_ID: given.pusher.appId,
    PUSHER_KEY: given.pusher.key,
    PUSHER_SECRET: given.pusher.secret,
    PUSHER_HOST: 'http://localhost',
    PUSHER_PORT: String(given.pusher.port),
    PUSHER_MASTER_KEY: randomBytes(32).toString('base64'),
  }
}
