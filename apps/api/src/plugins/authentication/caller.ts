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
 * The person that this verified token belongs to, if they still have access; a new person is stored. Every request asks
 * the database, so that a revocation takes effect at once.
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
 * A sign-in beyond the maximum number of sessions ends the least recently used one, as if its owner had ended it. One
 * transaction, so that a concurrent sign-in cannot take the freed slot.
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
    if (!noted) throw new Error('No session slot is free after one was freed')
    return noted
  })
}

async function noteUse(ctx: Context, acting: Acting, sessionId: string): Promise<void> {
  await inTransaction(ctx, acting, async ({ sql }) => noteSeen(sql, sessionId))
}

// A header may contain more than a list of sessions should show.
function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, USER_AGENT_MAX_CHARS)
}
