import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { isWritable } from '../../database/is-writable.ts'
import { within } from '../../waiting/within.ts'

const DATABASE_PATIENCE_MS = 2_000

/**
 * `/livez`: the event loop runs. `/readyz`: what the api depends on; it fails only while the database is unreachable or
 * read-only.
 */
export function health(app: FastifyInstance, ctx: Context): void {
  const open = { config: { access: 'public' as const }, schema: { hide: true } }

  app.get('/livez', open, async () => ({ status: 'ok' }))

  app.get('/readyz', open, async (_, reply) => {
    const checkedAt = performance.now()
    const writable = await within(canWrite(ctx), DATABASE_PATIENCE_MS)
    const up = writable !== undefined
    const ready = up && writable
    reply.status(ready ? 200 : 503)
    return {
      status: ready ? 'ok' : 'unavailable',
      database: {
        up,
        ...(writable === undefined ? {} : { writable }),
        ms: Math.round(performance.now() - checkedAt),
      },
      clock: {
        secondsBehindSignIn: ctx.clock.behind('sign-in'),
        secondsBehindDatabase: ctx.clock.behind('database'),
      },
      keySet: ctx.keys.state(),
      consumers: ctx.consumers.report(),
    }
  })
}

/** The driver refuses connections to a read-only server (see connection.ts). */
async function canWrite({ sql, clock }: Context): Promise<boolean> {
  try {
    return await isWritable(sql, clock)
  } catch (error) {
    if ((error as { code?: unknown }).code === 'CONNECTION_READ_ONLY') return false
    throw error
  }
}
