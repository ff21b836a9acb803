import type { Rooms } from '@conclave/shared/rooms'

/**
 * What is held, unless it was ahead of the answer already when it was asked for. Every event is committed before
 * it is told, so that was never so: somebody forged it, or the server's database is an earlier one again.
 */
export function unlessAhead<State extends { rev: number }>(
  held: State | undefined,
  { asked, fetched }: { asked: State | undefined; fetched: State },
): State | undefined {
  return asked && asked.rev > fetched.rev ? undefined : held
}

/** The same for each room of a list. */
export function roomsUnlessAhead(
  held: Rooms | undefined,
  { asked, fetched }: { asked: Rooms | undefined; fetched: Rooms },
): Rooms | undefined {
  const known = unlessAhead(held, { asked, fetched })
  if (!known) return undefined
  const askedOf = new Map(asked?.rooms.map((room) => [room.id, room]))
  const fetchedOf = new Map(fetched.rooms.map((room) => [room.id, room]))
  return {
    ...known,
    rooms: known.rooms.map((room) => {
      const told = fetchedOf.get(room.id)
      return told
        ? (unlessAhead(room, { asked: askedOf.get(room.id), fetched: told }) ?? told)
        : room
    }),
  }
}
