import type { Session } from '@conclave/shared/sessions'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { recordAct } from '../../audit/record-act.ts'
import type { Transaction } from '../../transaction.ts'
import { queueRekeys } from '../revocation/pending-rekeys.ts'
import { refuseFirst } from '../revocation/refuse-first.ts'
import { queueSteps } from '../revocation/revocation.store.ts'
import { markAllEnded, markEnded, readSessions } from './sessions.store.ts'

export async function listSessions(
  ctx: Context,
  { personId, sessionId }: Actor,
): Promise<{ sessions: Session[] }> {
  return { sessions: await readSessions(ctx.sql, personId, sessionId) }
}

/**
 * Ends one session. The caller's own client disconnects by itself; another session may be a thief's, so everything that
 * it could subscribe to is rekeyed.
 */
export async function endSession(
  ctx: Context,
  actor: Actor,
  sessionId: string,
): Promise<{ ended: number }> {
  const { personId, sessionId: current } = actor
  return refuseFirst(ctx, actor, personId, async (tx) => {
    const ended =
      sessionId === current
        ? await endOne(tx, actor, sessionId)
        : await endOthers(tx, actor, [sessionId])
    if (ended === 0) throw problem('session-not-found')
    return { ended }
  })
}

/** Ends other sessions of the caller, inside `refuseFirst`; returns how many. */
export async function endOthers(
  tx: Transaction,
  actor: Actor,
  sessionIds: readonly string[],
): Promise<number> {
  let ended = 0
  for (const sessionId of sessionIds) ended += await endOne(tx, actor, sessionId)
  if (ended === 0) return 0
  await queueSteps(tx, actor.personId, ['sockets-closed'])
  await queueRekeys(tx, actor.personId)
  return ended
}

export async function endSessions(ctx: Context, actor: Actor): Promise<{ ended: number }> {
  const { personId } = actor
  return refuseFirst(ctx, actor, personId, async (tx) => {
    const ended = await markAllEnded(tx.sql, personId)
    recordAct(tx, actor, { action: 'sessions.ended', target: { personId }, after: { ended } })
    await queueSteps(tx, personId, ['sockets-closed', 'auth0-sessions-ended'])
    await queueRekeys(tx, personId)
    return { ended }
  })
}

async function endOne(tx: Transaction, actor: Actor, sessionId: string): Promise<number> {
  const { personId } = actor
  const ended = await markEnded(tx.sql, personId, sessionId)
  if (ended === 0) return 0
  recordAct(tx, actor, { action: 'session.ended', target: { personId, sessionId } })
  await queueSteps(tx, personId, ['auth0-sessions-ended'], sessionId)
  return ended
}
