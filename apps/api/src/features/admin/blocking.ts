import { emitToTeam, type Transaction } from '../../realtime/outbox.ts'
import { raiseEpochs, type Cut } from '../../realtime/epochs.ts'
import { queueSteps } from '../revocation/revocation.store.ts'
import { markBlocked, markUnblocked } from './admin.store.ts'

/** `by` is null when it was decided elsewhere: in Auth0 itself. */
export interface Block {
  personId: string
  by: string | null
  reason: string | null
}

/** All that ends with somebody's access, in one transaction; the caller holds the locks of `cut`. */
export async function takeAccessAway(tx: Transaction, block: Block, cut: Cut): Promise<void> {
  const person = await markBlocked(tx.sql, block)
  await queueSteps(tx, block.personId, ['sockets-closed', 'auth0-blocked', 'auth0-sessions-ended'])
  await emitToTeam(tx, { type: 'person.updated', data: person })
  await raiseEpochs(tx, cut)
}

/** Their rooms are as they left them. */
export async function giveAccessBack(tx: Transaction, personId: string): Promise<void> {
  const person = await markUnblocked(tx.sql, personId)
  await queueSteps(tx, personId, ['auth0-unblocked'])
  await emitToTeam(tx, { type: 'person.updated', data: person })
}
