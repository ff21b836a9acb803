import type { Acting, Actor, Identity } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem, problemFor, ProblemThrown } from '../../problem.ts'
import { inTransaction } from '../../transaction.ts'
import { arrive } from '../../features/people/arrival.ts'
import type { Caller } from './caller.store.ts'
import { endSession } from '../../features/sessions/sessions.actions.ts'
import { insertSession, noteSeen } from '../../features/sessions/sessions.store.ts'

const USER_AGENT_MAX_CHARS = 256
/** Others who sign in as the same person at this moment may each take the place that was made. */
const PLACE_ATTEMPTS = 20
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

/** Signing in once more than one may ends the session that was not used for longest, as if its owner had ended it. */
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
  for (let attempt = 1; attempt <= PLACE_ATTEMPTS; attempt += 1) {
    const noted = await inTransaction(ctx, actor, async ({ sql }) =>
      insertSession(sql, { personId, sid, userAgent: printable(userAgent) }),
    )
    if (noted.ended) throw problemFor(personId, 'signed-out')
    if (noted.id !== null) return noted.id
    if (noted.longestUnused !== null) await endUnlessEnded(ctx, actor, noted.longestUnused)
  }
  throw problem('unavailable')
}

async function noteUse(ctx: Context, acting: Acting, sessionId: string): Promise<void> {
  await inTransaction(ctx, acting, async ({ sql }) => noteSeen(sql, sessionId))
}

async function endUnlessEnded(ctx: Context, actor: Actor, sessionId: string): Promise<void> {
  try {
    await endSession(ctx, actor, sessionId)
  } catch (error) {
    // Somebody who signs in at the same time was faster.
    if (!(error instanceof ProblemThrown) || error.slug !== 'session-not-found') throw error
  }
}

// HTTP lets through more than a list of sessions should show.
function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, USER_AGENT_MAX_CHARS)
}
