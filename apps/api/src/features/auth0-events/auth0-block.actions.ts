import type { Context } from '../../context.ts'
import { inTransaction, type Transaction } from '../../transaction.ts'
import { isFirstDelivery } from '../../webhooks/deliveries.store.ts'
import { giveAccessBack, takeAccessAway } from '../admin/blocking.actions.ts'
import { recordAct } from '../../audit/record-act.ts'
import { lockPerson } from '../people/people.store.ts'
import { refuseFirst } from '../revocation/refuse-first.ts'
import { queueSteps } from '../revocation/revocation.store.ts'
import { findAuth0Person, type Auth0Person, type Auth0Reason } from './auth0-person.store.ts'

/**
 * Blocks a person because Auth0 has blocked or deleted them, even the last owner, who cannot sign in any more. Auth0
 * can undo it.
 */
export async function applyAuth0Block(
  ctx: Context,
  given: Auth0Person,
  { reason, delivery }: { reason: Auth0Reason; delivery?: string },
): Promise<void> {
  const { personId } = given
  await refuseFirst(ctx, null, personId, async (tx) => {
    const person = await readUnlessRepeat(tx, given, delivery)
    if (!person || person.blocked || person.pending) return
    recordAct(tx, null, { action: 'person.blocked', target: { personId }, after: { reason } })
    await takeAccessAway(tx, { personId, by: null, reason })
  })
}

/** Lifts a block that came from Auth0; a block set in Conclave is lifted only in Conclave. */
export async function liftAuth0Block(
  ctx: Context,
  given: Auth0Person,
  { delivery }: { delivery?: string } = {},
): Promise<void> {
  const { personId } = given
  await inTransaction(ctx, null, async (tx) => {
    await lockPerson(tx.sql, personId)
    const person = await readUnlessRepeat(tx, given, delivery)
    if (!person?.byAuth0) return
    recordAct(tx, null, { action: 'person.unblocked', target: { personId } })
    await giveAccessBack(tx, { personId, by: null })
  })
}

/** Sends a block that was set in Conclave to Auth0 again, where it never arrived or was undone. */
export async function repeatOurBlock(ctx: Context, given: Auth0Person): Promise<void> {
  await inTransaction(ctx, null, async (tx) => {
    await lockPerson(tx.sql, given.personId)
    const person = await readUnlessRepeat(tx, given)
    if (!person?.blocked || person.byAuth0 || person.pending) return
    await queueSteps(tx, given.personId, ['auth0-blocked'])
  })
}

/** The person as read under the lock, or undefined when the delivery is a repeat. */
async function readUnlessRepeat(
  tx: Transaction,
  { sub }: Auth0Person,
  delivery?: string,
): Promise<Auth0Person | undefined> {
  if (delivery && !(await isFirstDelivery(tx.sql, delivery))) return undefined
  return findAuth0Person(tx.sql, sub)
}
