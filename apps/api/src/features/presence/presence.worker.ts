import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { announcePresence, QUIET_MS } from './presence-announcing.actions.ts'

/**
 * Looks every second for people of whom the team has to be told, on every instance: so nothing has to be woken, and what an
 * instance left behind is told by another.
 */
export function announceRegularly(app: FastifyInstance, ctx: Context): void {
  let closed = false
  let looking: Promise<void> | undefined
  let timer = setTimeout(look, QUIET_MS)

  function look(): void {
    looking = announce()
  }

  async function announce(): Promise<void> {
    let waitMs = QUIET_MS
    try {
      waitMs = await announcePresence(ctx)
    } catch (error) {
      ctx.log.warn({ err: error }, 'the team could not be told who is online')
    }
    if (!closed) timer = setTimeout(look, waitMs)
  }

  app.addHook('onClose', async () => {
    closed = true
    clearTimeout(timer)
    await looking
  })
}
