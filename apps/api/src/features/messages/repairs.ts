import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'

/**
 * A client had other messages than the server: events were forged, or there is a bug. Logs that it happened, not the
 * content.
 */
export function noteRepair(ctx: Context, { requestId }: Actor, roomId: string): void {
  ctx.metrics.digestMismatches.inc()
  ctx.log.warn(
    { reqId: requestId, roomId },
    'a client had messages that do not match, and reloads them',
  )
}
