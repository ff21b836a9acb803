import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import { reconcilePresence } from '../features/presence/presence.reconcile.ts'
import { reconcileAuth0 } from '../features/auth0-events/auth0.reconcile.ts'
import { trimLog } from '../log/trim.ts'
import { forgetOldDeliveries } from '../webhooks/deliveries.store.ts'
import { takeRound } from './rounds.store.ts'

const LOOK_EVERY_MS = 2_000

/** Reconciliations that run about once a minute, on one instance at a time, in the background. */
const ROUNDS: Record<string, (ctx: Context) => Promise<void>> = {
  presence: async (ctx) => {
    await reconcilePresence(ctx)
    await forgetOldDeliveries(ctx.background)
  },
  auth0: reconcileAuth0,
  log: trimLog,
}

export function rounds(app: FastifyInstance, ctx: Context): void {
  const running = new Map<string, Promise<void>>()
  const timer = setInterval(() => {
    for (const [name, run] of Object.entries(ROUNDS)) {
      if (!running.has(name))
        running.set(
          name,
          attempt(name, run).finally(() => running.delete(name)),
        )
    }
  }, LOOK_EVERY_MS)

  async function attempt(name: string, run: (ctx: Context) => Promise<void>): Promise<void> {
    try {
      if (await takeRound(ctx.background, name)) await run(ctx)
    } catch (error) {
      ctx.log.warn({ err: error, round: name }, 'a round failed')
    }
  }

  app.addHook('onClose', async () => {
    clearInterval(timer)
    await Promise.all(running.values())
  })
}
