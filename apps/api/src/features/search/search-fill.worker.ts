import type { FastifyInstance } from 'fastify'
import type { Context } from '../../context.ts'
import { countUnindexed, indexMessages, takeUnindexed } from './search-entries.store.ts'

const BATCH = 200
/** After each batch the database rests for as many times as long as that took, so that people do not notice. */
const RESTS = 1
const AGAIN_MS = 5_000

/**
 * Indexes what was said before there was an index, and what has another time since, a little at a time; several instances
 * take different rooms.
 */
export function fillSearch(app: FastifyInstance, ctx: Context): void {
  let closed = false
  let working: Promise<void> | undefined
  let timer = setTimeout(work, 0)

  function work(): void {
    working = workOnce()
  }

  async function workOnce(): Promise<void> {
    let waitMs = AGAIN_MS
    try {
      waitMs = await fillSome(ctx)
    } catch (error) {
      ctx.log.warn({ err: error }, 'older messages could not be indexed')
    }
    if (!closed) timer = setTimeout(work, waitMs)
  }

  app.addHook('onClose', async () => {
    closed = true
    clearTimeout(timer)
    await working
  })
}

/** Indexes one batch; returns how long to wait until the next, in milliseconds. */
export async function fillSome(ctx: Context): Promise<number> {
  const began = performance.now()
  const found = await ctx.background.begin(async (tx) => {
    const messages = await takeUnindexed(tx, BATCH)
    await indexMessages(tx, messages)
    return messages.length
  })
  ctx.metrics.searchUnindexed.set(await countUnindexed(ctx.background))
  // What may be left is with other instances.
  return found === 0 ? AGAIN_MS : (performance.now() - began) * RESTS
}
