import {
  DIRECT_ROOMS_OPENED_MAX,
  ROOMS_MADE_MAX,
  ROOMS_OF_PERSON_MAX,
  ROOMS_OF_PERSON_OWN,
} from '@conclave/shared/bounds'
import type { Actor } from '../../actor.ts'
import { problem } from '../../problem.ts'
import type { Transaction } from '../../transaction.ts'
import { countMemberships, countRoomsMade } from './rooms.store.ts'

/*
 * Both are asked for behind the locks of these people's rows (`lockPeople`), in a statement of its own that sees what
 * whoever held them before has committed. So whoever races for the last place does not get past it.
 */

/**
 * Whether each of these people may be in one more room. What others bring somebody into ends before what they may do
 * themselves, so nobody can be filled up by somebody else.
 */
export async function accessMoreRooms(
  tx: Transaction,
  actor: Actor,
  personIds: string[],
): Promise<void> {
  const counts = await countMemberships(tx.sql, personIds)
  const mine = counts.get(actor.personId) ?? 0
  if (personIds.includes(actor.personId) && mine >= ROOMS_OF_PERSON_MAX)
    throw problem('too-many-rooms')
  for (const personId of personIds) {
    if (personId === actor.personId) continue
    if ((counts.get(personId) ?? 0) >= ROOMS_OF_PERSON_MAX - ROOMS_OF_PERSON_OWN)
      throw problem('person-in-too-many-rooms')
  }
}

/** Whether the caller may have made as many rooms as they have by now, the new one among them. */
export async function accessRoomsMade(
  tx: Transaction,
  actor: Actor,
  kind: 'direct' | 'other',
): Promise<void> {
  const made = await countRoomsMade(tx.sql, actor.personId, kind)
  if (made > (kind === 'direct' ? DIRECT_ROOMS_OPENED_MAX : ROOMS_MADE_MAX))
    throw problem('too-many-rooms-made')
}
