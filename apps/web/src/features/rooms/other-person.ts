import type { Person } from '@conclave/shared/people'
import type { Room } from '@conclave/shared/rooms'

/** The other person in a direct room of two; undefined for any other room. */
export function otherPerson(
  room: Room,
  byId: Map<string, Person>,
  myId: string | undefined,
): Person | undefined {
  if (room.kind !== 'direct') return undefined
  const others = room.people.filter((id) => id !== myId)
  if (others.length > 1) return undefined
  const only = others[0] ?? myId
  return only === undefined ? undefined : byId.get(only)
}
