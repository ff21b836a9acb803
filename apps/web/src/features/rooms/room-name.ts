import type { Room } from '@conclave/shared/rooms'
import { isolated } from '../../ui/isolated.ts'
import { peopleShown } from './other-person.ts'
import { someone } from '../../words/en/people.en.ts'
import { inOrder, t } from '../../words/say.ts'

/** What the name of a room depends on. */
export type Nameable = Pick<Room, 'kind' | 'name' | 'people'>

/** The name of a room; a direct room is named after the other people in it. */
export function roomName(
  room: Nameable,
  myId: string | undefined,
  nameOf: (personId: string) => string | undefined,
): string {
  if (room.kind !== 'direct') return room.name
  const names = peopleShown(room, myId).map((id) => nameOf(id) ?? t(someone))
  return names.toSorted(compareNames).map(isolated).join(', ')
}

export function compareNames(a: string, b: string): number {
  return inOrder(a, b)
}
