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
 * Takes somebody's access because Auth0 did, also the last owner's: they cannot sign in any more. Auth0 can give it
 * back.
 */
export async function applyAuth0Block(
  ctx: Context,
  given: Auth0Person,
  { reason, delivery }: { reason: Auth0Reason; delivery?: string },
): Promise<void> {
  const { personId } = given
  await refuseFirst(ctx, null, personId, async (tx) => {
    const person = await present(tx, given, delivery)
    if (!person || person.blocked || person.pending) return
    recordAct(tx, null, { action: 'person.blocked', target: { personId }, after: { reason } })
    await takeAccessAway(tx, { personId, by: null, reason })
  })
}

/** Gives back what Auth0 took; what one of us took, only one of us gives back. */
export async function liftAuth0Block(
  ctx: Context,
  given: Auth0Person,
  { delivery }: { delivery?: string } = {},
): Promise<void> {
  const { personId } = given
  await inTransaction(ctx, null, async (tx) => {
    await lockPerson(tx.sql, personId)
    const person = await present(tx, given, delivery)
    if (!person?.byAuth0) return
    recordAct(tx, null, { action: 'person.unblocked', target: { personId } })
    await giveAccessBack(tx, { personId, by: null })
  })
}

/** Blocked by one of us, and not at Auth0: it was never told, or somebody undid it there. */
export async function repeatOurBlock(ctx: Context, given: Auth0Person): Promise<void> {
  await inTransaction(ctx, null, async (tx) => {
    await lockPerson(tx.sql, given.personId)
    const person = await present(tx, given)
    if (!person?.blocked || person.byAuth0 || person.pending) return
    await queueSteps(tx, given.personId, ['auth0-blocked'])
  })
}

/** The person as they are under the lock, unless the delivery that made us look is a repeat. */
async function present(
  tx: Transaction,
  { sub }: Auth0Person,
  delivery?: string,
): Promise<Auth0Person | undefined> {
  if (delivery && !(await isFirstDelivery(tx.sql, delivery))) return undefined
  return findAuth0Person(tx.sql, sub)
}
