import type { Rooms } from '@conclave/shared/rooms'

/**
 * The current state, unless the state `before` the request was already ahead of the answer. Every event is committed before
 * it is published, so such a state is wrong: an event was forged, or the server's database was restored from a backup.
 */
export function unlessAhead<State extends { rev: number }>(
  current: State | undefined,
  { before, fetched }: { before: State | undefined; fetched: State },
): State | undefined {
  return before && before.rev > fetched.rev ? undefined : current
}

/** The same for each room of a list. */
export function roomsUnlessAhead(
  current: Rooms | undefined,
  { before, fetched }: { before: Rooms | undefined; fetched: Rooms },
): Rooms | undefined {
  const known = unlessAhead(current, { before, fetched })
  if (!known) return undefined
  const beforeById = new Map(before?.rooms.map((room) => [room.id, room]))
  const fetchedById = new Map(fetched.rooms.map((room) => [room.id, room]))
  return {
    ...known,
    rooms: known.rooms.map((room) => {
      const inAnswer = fetchedById.get(room.id)
      if (!inAnswer) return room
      return unlessAhead(room, { before: beforeById.get(room.id), fetched: inAnswer }) ?? inAnswer
    }),
  }
}
