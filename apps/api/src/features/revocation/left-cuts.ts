import type { FastifyInstance } from 'fastify'
import { inBackground, type Context } from '../../context.ts'
import { findLeft } from './cuts.store.ts'
import { performCuts } from './cuts.ts'

const LOOK_EVERY_MS = 1_000

/** Does what an instance that died between a refusal and its cuts has left to do; any instance does. */
export function leftCuts(app: FastifyInstance, ctx: Context): void {
  let looking: Promise<void> | undefined
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = undefined
    })
  }, LOOK_EVERY_MS)

  async function look(): Promise<void> {
    try {
      for (const personId of await findLeft(ctx.background)) {
        await performCuts(inBackground(ctx), personId)
      }
    } catch (error) {
      ctx.log.warn({ err: error }, 'somebody who lost access could not be cut off yet')
    }
  }

  app.addHook('onClose', async () => {
    clearInterval(timer)
    await looking
  })
}
