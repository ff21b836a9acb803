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
 * Both run with these people's rows locked (`lockPeople`), in a later statement, which sees what the previous holder of
 * the lock has committed. So concurrent requests cannot exceed the limit together.
 */

/**
 * Throws unless each of these people may be in one more room. The limit for being added by others is lower than for
 * joining, so that nobody can use up somebody else's limit.
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

/** Throws when the caller has created too many rooms, the new one included. */
export async function accessRoomsMade(
  tx: Transaction,
  actor: Actor,
  kind: 'direct' | 'other',
): Promise<void> {
  const made = await countRoomsMade(tx.sql, actor.personId, kind)
  if (made > (kind === 'direct' ? DIRECT_ROOMS_OPENED_MAX : ROOMS_MADE_MAX))
    throw problem('too-many-rooms-made')
}
