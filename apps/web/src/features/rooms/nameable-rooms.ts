import type { Room } from '@conclave/shared/rooms'
import type { Nameable } from './room-name.ts'

/** What the name of a room and its place in the list depend on. */
export type NameableRoom = Nameable & Pick<Room, 'id'>

/**
 * Selects what the names of my rooms depend on: the very same list until one of them comes, goes or is renamed. A message
 * changes one room and leaves the others the same objects, so only that one is compared.
 */
export function createNameablesOf(): (rooms: readonly Room[]) => readonly NameableRoom[] {
  let before: readonly Room[] = []
  let nameables: readonly NameableRoom[] = []
  return (rooms) => {
    const isSame =
      rooms.length === before.length && rooms.every((room, nth) => isAs(before[nth], room))
    before = rooms
    if (!isSame) nameables = rooms.map(({ id, kind, name, people }) => ({ id, kind, name, people }))
    return nameables
  }
}

function isAs(before: Room | undefined, room: Room): boolean {
  if (before === room) return true
  return (
    before?.id === room.id &&
    before.kind === room.kind &&
    before.name === room.name &&
    before.people.length === room.people.length &&
    before.people.every((id, nth) => id === room.people[nth])
  )
}
