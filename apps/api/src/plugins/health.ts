import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { outboxLag } from '../realtime/relay.ts'
import { within } from './within.ts'

const DATABASE_PATIENCE_MS = 2_000

/** `/livez`: the process turns. `/readyz`: what it depends on; only the database stops it from answering. */
export function health(app: FastifyInstance, ctx: Context): void {
  const open = { config: { access: 'public' as const }, schema: { hide: true } }

  app.get('/livez', open, async () => ({ status: 'ok' }))

  app.get('/readyz', open, async (_, reply) => {
    const checkedAt = performance.now()
    const lag = await within(outboxLag(ctx.sql), DATABASE_PATIENCE_MS)
    const up = lag !== undefined
    reply.status(up ? 200 : 503)
    return {
      status: up ? 'ok' : 'unavailable',
      database: { up, ms: Math.round(performance.now() - checkedAt) },
      keySet: ctx.keys.state(),
      relay: ctx.relay.state(),
      outbox: lag,
    }
  })
}
