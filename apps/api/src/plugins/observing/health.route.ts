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
    const found = await within(lookAtDatabase(ctx), DATABASE_PATIENCE_MS)
    const ready = found?.writable ?? false
    reply.status(ready ? 200 : 503)
    return {
      status: ready ? 'ok' : 'unavailable',
      database: {
        up: false,
        ...found,
        ms: Math.round(performance.now() - checkedAt),
      },
      clock: {
        secondsBehindSignIn: ctx.clock.behind('sign-in'),
        secondsBehindDatabase: ctx.clock.behind('database'),
      },
      keySet: ctx.keys.state(),
      consumers: consumersOf(ctx),
    }
  })
}

/** Without what failed, which is only in the log: anybody may read this, and an error may contain anything. */
function consumersOf({ consumers }: Context): Record<string, object> {
  return Object.fromEntries(
    Object.entries(consumers.report()).map(([name, report]) => {
      const { waiting, oldestSeconds, lastDoneAt, failures } = report
      return [name, { waiting, oldestSeconds, lastDoneAt, failures }]
    }),
  )
}

/** The driver refuses connections to a read-only server (see connection.ts). */
async function lookAtDatabase({
  sql,
  clock,
}: Context): Promise<{ up: boolean; writable: boolean }> {
  try {
    return { up: true, writable: await isWritable(sql, clock) }
  } catch (error) {
    if ((error as { code?: unknown }).code === 'CONNECTION_READ_ONLY')
      return { up: false, writable: false }
    throw error
  }
}
