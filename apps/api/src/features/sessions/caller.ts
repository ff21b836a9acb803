import type { Actor, Identity } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem, problemFor } from '../../problem.ts'
import { inTransaction } from '../../realtime/outbox.ts'
import { arrive } from '../people/arrival.ts'
import type { Caller } from './caller.store.ts'
import { insertSession, noteSeen } from './sessions.store.ts'

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
  const sessionId = await noteSession(ctx, caller, identity, request.userAgent)
  const { personId, role } = caller
  const { issuedAtSeconds } = identity
  return { personId, role, issuedAtSeconds, sessionId, requestId: request.id }
}

async function noteSession(
  ctx: Context,
  { personId, sessionId, unnoticed }: Caller,
  { sessionId: sid, issuedAtSeconds }: Identity,
  userAgent = '',
): Promise<string | undefined> {
  if (sid === undefined) return undefined
  if (sessionId !== null && !unnoticed) return sessionId
  const acting = { personId, issuedAtSeconds, sessionId: sessionId ?? undefined }
  return inTransaction(ctx, acting, async ({ sql }) => {
    if (sessionId !== null) {
      await noteSeen(sql, sessionId)
      return sessionId
    }
    const session = await insertSession(sql, { personId, sid, userAgent: printable(userAgent) })
    if (session?.ended) throw problemFor(personId, 'signed-out')
    return session?.id
  })
}

// HTTP lets through more than a list of sessions should show.
function printable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, USER_AGENT_MAX_CHARS)
}
