import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { outboxLag } from '../realtime/relay.ts'

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

/** The value, or undefined when it failed or took too long. */
async function within<T>(work: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
