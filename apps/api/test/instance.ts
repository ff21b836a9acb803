import type { Auth0Emulator } from '@conclave/auth0-emulator/index'
import { createClient, type Call } from '@conclave/shared/client'
import { truthful } from './truthful.ts'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../src/app.ts'
import { loadConfig } from '../src/config.ts'
import { openContext, type Context } from '../src/context.ts'
import { prepareDatabase } from '../src/database/prepare.ts'
import { createServer } from '../src/server.ts'
import { captureLog, type CapturedLog } from './log.ts'

export interface Caller {
  call: Call
  token: string
}

/** One running api, with connections and memory of its own. */
export interface Instance extends AsyncDisposable {
  url: string
  app: FastifyInstance
  ctx: Context
  /** Every route there is: `GET /v1/me`. */
  routes: string[]
  log: CapturedLog
  /** A person who signed in just now, and talks to this instance. */
  as(email: string): Promise<Caller>
  close(): Promise<void>
}

export async function startInstance(options: {
  env: Record<string, string>
  auth0: Auth0Emulator
  routes?: (app: FastifyInstance, ctx: Context) => void
  now?: () => number
  ownClock?: () => number
  hintsEveryMs?: number | undefined
}): Promise<Instance> {
  const log = captureLog()
  const config = loadConfig(options.env)
  const app = createServer(config, log.stream)
  const routes: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat()) if (name !== 'OPTIONS') routes.push(`${name} ${url}`)
  })
  const { ctx, close: closeContext } = openContext(config, app.log, options.now, options.ownClock)
  await prepareDatabase(config.databaseUrl)
  await buildApp(app, ctx, options)
  options.routes?.(app, ctx)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })

  async function close(): Promise<void> {
    await app.close()
    await closeContext()
  }
  async function as(email: string): Promise<Caller> {
    const token = await options.auth0.accessTokenFor(email)
    return {
      token,
      call: truthful(createClient({ baseUrl: url, fetch, token: async () => token }), log),
    }
  }
  return { url, app, ctx, routes, log, as, close, [Symbol.asyncDispose]: close }
}
