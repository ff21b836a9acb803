import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'

/**
 * A reader held other messages than we have: somebody forged events, or there is a fault of ours.
 * That it happened is worth knowing; what they held is nobody's business.
 */
export function noteRepair(ctx: Context, { requestId }: Actor, roomId: string): void {
  ctx.metrics.digestMismatches.inc()
  ctx.log.warn({ reqId: requestId, roomId }, 'a reader held what was never said, and loads it anew')
}
