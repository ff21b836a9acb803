import { emitToTeam } from '../../log/emit.ts'
import type { Transaction } from '../../transaction.ts'
import { queueCuts } from '../revocation/cuts.ts'
import { queueSteps } from '../revocation/revocation.store.ts'
import { markBlocked, markUnblocked } from './admin.store.ts'

/** `by` is null when it was decided elsewhere: in Auth0 itself. */
export interface Block {
  personId: string
  by: string | null
  reason: string | null
}

/** All that ends with somebody's access, inside `refuseFirst`. */
export async function takeAccessAway(tx: Transaction, block: Block): Promise<void> {
  const person = await markBlocked(tx.sql, block)
  await queueSteps(tx, block.personId, [
    'sockets-closed',
    ...(isOurs(block) ? (['auth0-blocked'] as const) : []),
    'auth0-sessions-ended',
  ])
  await queueCuts(tx, block.personId)
  await emitToTeam(tx, { type: 'person.updated', data: person })
}

/** Their rooms are as they left them. */
export async function giveAccessBack(
  tx: Transaction,
  lift: Pick<Block, 'personId' | 'by'>,
): Promise<void> {
  const person = await markUnblocked(tx.sql, lift.personId)
  if (isOurs(lift)) await queueSteps(tx, lift.personId, ['auth0-unblocked'])
  await emitToTeam(tx, { type: 'person.updated', data: person })
}

// What Auth0 decided it is not told: by the time it heard of it, it might have decided otherwise.
function isOurs({ by }: Pick<Block, 'by'>): boolean {
  return by !== null
}
