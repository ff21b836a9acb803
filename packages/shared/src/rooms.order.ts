import type { Room } from './rooms.ts'

/* My rooms are kept in the order of their ids, so that one of 500 is found without looking at the others. */

/** The room with this id. */
export function findRoom(rooms: readonly Room[], id: string): Room | undefined {
  return rooms[positionOf(rooms, id)]
}

/** The rooms with one of them changed; the very same list when nothing changed. */
export function changeRoom(rooms: Room[], id: string, change: (room: Room) => Room): Room[] {
  const position = positionOf(rooms, id)
  const room = rooms[position]
  if (!room) return rooms
  const changed = change(room)
  return changed === room ? rooms : rooms.with(position, changed)
}

/** The rooms with this one, in place of what was there with its id. */
export function withRoom(rooms: Room[], room: Room): Room[] {
  if (findRoom(rooms, room.id)) return changeRoom(rooms, room.id, () => room)
  return rooms.toSpliced(lowest(rooms, room.id), 0, room)
}

export function withoutRoom(rooms: Room[], id: string): Room[] {
  const position = positionOf(rooms, id)
  return position < 0 ? rooms : rooms.toSpliced(position, 1)
}

/** Whether the rooms of now lack one of before. Others may have come at the same time, so their number does not tell. */
export function isAnyGone(before: readonly Room[], now: readonly Room[]): boolean {
  if (before === now) return false
  return before.some(({ id }, position) => now[position]?.id !== id && !findRoom(now, id))
}

export function inOrder(rooms: readonly Room[]): Room[] {
  return rooms.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function positionOf(rooms: readonly Room[], id: string): number {
  const position = lowest(rooms, id)
  // Looks at all of them only for a room that is not there, or in a list that is in another order.
  return rooms[position]?.id === id ? position : rooms.findIndex((room) => room.id === id)
}

/** The first position whose room has this id or a later one. */
function lowest(rooms: readonly Room[], id: string): number {
  let low = 0
  let high = rooms.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const room = rooms[middle]
    if (room && room.id < id) low = middle + 1
    else high = middle
  }
  return low
}
