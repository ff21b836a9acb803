import type { Acting, Actor, Identity } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem, problemFor } from '../../problem.ts'
import { inTransaction } from '../../transaction.ts'
import { arrive } from '../../features/people/arrival.actions.ts'
import { refuseFirst } from '../../features/revocation/refuse-first.ts'
import { endOthers } from '../../features/sessions/sessions.actions.ts'
import {
  findBeyondBound,
  insertSession,
  noteSeen,
  type NotedSession,
} from '../../features/sessions/sessions.store.ts'
import type { Caller } from './caller.store.ts'

const USER_AGENT_MAX_CHARS = 256

interface Request {
  id: string
  userAgent: string | undefined
}

/**
 * Who this verified token stands for, if our own database still lets them in; someone new arrives by it.
 * Asked anew for every request: whoever was blocked or signed out a moment ago is refused.
 */
export async function identifyCaller(
  ctx: Context,
  identity: Identity,
  request: Request,
): Promise<Actor> {
  const known = await ctx.findCaller(identity)
  if (!known) await arrive(ctx, identity)
  const caller = known ?? (await ctx.findCaller(identity))
  if (!caller) throw problem('unavailable')
  if (caller.blocked) throw problemFor(caller.personId, 'access-removed')
  if (caller.ended) throw problemFor(caller.personId, 'signed-out')
  if (caller.outdated) throw problem('not-signed-in')
  const { personId, role } = caller
  const { issuedAtSeconds } = identity
  const actor = { personId, role, issuedAtSeconds, sessionId: undefined, requestId: request.id }
  return { ...actor, sessionId: await noteSession(ctx, actor, caller, identity, request.userAgent) }
}

async function noteSession(
  ctx: Context,
  actor: Actor,
  { personId, sessionId, unnoticed }: Caller,
  { sessionId: sid }: Identity,
  userAgent = '',
): Promise<string | undefined> {
  if (sid === undefined) return undefined
  if (sessionId !== null) {
    if (unnoticed) await noteUse(ctx, { ...actor, sessionId }, sessionId)
    return sessionId
  }
  const session = { personId, sid, userAgent: printable(userAgent) }
  const noted =
    (await inTransaction(ctx, actor, async ({ sql }) => insertSession(sql, session))) ??
    (await insertInPlace(ctx, actor, session))
  if (noted.ended) throw problemFor(personId, 'signed-out')
  return noted.id
}

/**
 * Signing in once more than one may ends the session that was not used for longest, as if its owner had ended it. In one
 * transaction, or somebody else who signs in at this moment could take the place that was made.
 */
async function insertInPlace(
  ctx: Context,
  actor: Actor,
  session: { personId: string; sid: string; userAgent: string },
): Promise<NotedSession> {
  const { personId } = session
  return refuseFirst(ctx, actor, personId, async (tx) => {
    await endOthers(tx, actor, await findBeyondBound(tx.sql, personId))
    const noted = await insertSession(tx.sql, session)
    if (!noted) throw new Error('There is no place for a session where one was made')
    return noted
  })
}

async function noteUse(ctx: Context, acting: Acting, sessionId: string): Promise<void> {
  await inTransaction(ctx, acting, async ({ sql }) => noteSeen(sql, sessionId))
}

// HTTP lets through more than a list of sessions should show.
function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, USER_AGENT_MAX_CHARS)
}
