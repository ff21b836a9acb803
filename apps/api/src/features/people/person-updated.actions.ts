import type { Person } from '@conclave/shared/people'
import { emitToTeam } from '../../log/emit.ts'
import type { Transaction } from '../../transaction.ts'
import { lockTeam, readShownOnline } from './people.store.ts'

/**
 * Tells the team what somebody is like now; their row is locked. Whether they are online is read once the team's row is
 * locked too: the team may have been told of it meanwhile, and an event of a later revision must not take that back.
 */
export async function emitPersonUpdated(tx: Transaction, person: Person): Promise<void> {
  await lockTeam(tx.sql)
  const online = await readShownOnline(tx.sql, person.id)
  await emitToTeam(tx, { type: 'person.updated', data: { ...person, online } })
}
