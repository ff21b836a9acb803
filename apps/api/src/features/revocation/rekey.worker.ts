import type { FastifyInstance } from 'fastify'
import { inBackground, type Context } from '../../context.ts'
import { findOverdueRekeys } from './pending-rekeys.store.ts'
import { performRekeys } from './pending-rekeys.ts'

const LOOK_EVERY_MS = 1_000

/** Does what an instance that died between a refusal and its cuts has left to do; any instance does. */
export function resumeRekeys(app: FastifyInstance, ctx: Context): void {
  let looking: Promise<void> | undefined
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = undefined
    })
  }, LOOK_EVERY_MS)

  async function look(): Promise<void> {
    for (const personId of await found()) await cut(personId)
  }

  async function found(): Promise<string[]> {
    try {
      return await findOverdueRekeys(ctx.background)
    } catch (error) {
      ctx.log.warn({ err: error }, 'whoever lost access and is not cut off yet could not be found')
      return []
    }
  }

  /** Where it does not work for one, it may for the next. */
  async function cut(personId: string): Promise<void> {
    try {
      await performRekeys(inBackground(ctx), personId)
    } catch (error) {
      ctx.log.warn({ err: error, personId }, 'somebody who lost access could not be cut off yet')
    }
  }

  app.addHook('onClose', async () => {
    clearInterval(timer)
    await looking
  })
}
