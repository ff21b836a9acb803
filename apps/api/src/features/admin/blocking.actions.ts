import { emitPersonUpdated } from '../people/person-updated.actions.ts'
import type { Transaction } from '../../transaction.ts'
import { queueRekeys } from '../revocation/pending-rekeys.ts'
import { queueSteps } from '../revocation/revocation.store.ts'
import { markBlocked, markUnblocked } from './admin.store.ts'

/** `by` is null when the person was blocked in Auth0 itself. */
export interface Block {
  personId: string
  by: string | null
  reason: string | null
}

/** Everything that blocking a person entails; runs inside `refuseFirst`. */
export async function takeAccessAway(tx: Transaction, block: Block): Promise<void> {
  const person = await markBlocked(tx.sql, block)
  await queueSteps(tx, block.personId, [
    'sockets-closed',
    ...(isOurs(block) ? (['auth0-blocked'] as const) : []),
    'auth0-sessions-ended',
  ])
  await queueRekeys(tx, block.personId)
  await emitPersonUpdated(tx, person)
}

/** Lifts a block. Memberships were kept. */
export async function giveAccessBack(
  tx: Transaction,
  lift: Pick<Block, 'personId' | 'by'>,
): Promise<void> {
  const person = await markUnblocked(tx.sql, lift.personId)
  if (isOurs(lift)) await queueSteps(tx, lift.personId, ['auth0-unblocked'])
  await emitPersonUpdated(tx, person)
}

// A change that came from Auth0 is not sent back: Auth0 may have changed again before it arrives.
function isOurs({ by }: Pick<Block, 'by'>): boolean {
  return by !== null
}
