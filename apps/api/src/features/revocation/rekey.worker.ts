import type { FastifyInstance } from 'fastify'
import { inBackground, type Context } from '../../context.ts'
import { findOverdueRekeys } from './pending-rekeys.store.ts'
import { performRekeys } from './pending-rekeys.ts'

const LOOK_EVERY_MS = 1_000

/** Performs rekeys that are left over because an instance died between a revocation and its rekeys. */
export function resumeRekeys(app: FastifyInstance, ctx: Context): void {
  let looking: Promise<void> | undefined
  const timer = setInterval(() => {
    looking ??= rekeyOverdue().finally(() => {
      looking = undefined
    })
  }, LOOK_EVERY_MS)

  async function rekeyOverdue(): Promise<void> {
    for (const personId of await findOverdue()) await rekey(personId)
  }

  async function findOverdue(): Promise<string[]> {
    try {
      return await findOverdueRekeys(ctx.background)
    } catch (error) {
      ctx.log.warn({ err: error }, 'looking for overdue rekeys failed')
      return []
    }
  }

  /** One failure must not stop the others. */
  async function rekey(personId: string): Promise<void> {
    try {
      await performRekeys(inBackground(ctx), personId)
    } catch (error) {
      ctx.log.warn(
        { err: error, personId },
        'rekeying after a revocation failed, it will be retried',
      )
    }
  }

  app.addHook('onClose', async () => {
    clearInterval(timer)
    await looking
  })
}
