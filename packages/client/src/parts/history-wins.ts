import type { Room, Rooms } from '@conclave/shared/rooms'
import { findRoom } from '@conclave/shared/rooms.order'

/**
 * The current state, unless the state `before` the request was already ahead of the answer. Every event is committed before
 * it is published, so such a state is wrong: an event was forged, or the server's database was restored from a backup.
 */
export function unlessAhead<State extends { rev: number; epoch?: number }>(
  current: State | undefined,
  { before, fetched }: { before: State | undefined; fetched: State },
): State | undefined {
  return before && isAhead(before, fetched) ? undefined : current
}

/** The same for my rooms, and for each of them. */
export function roomsUnlessAhead(
  current: Rooms | undefined,
  { before, fetched }: { before: Rooms | undefined; fetched: Rooms },
): Rooms | undefined {
  const known = unlessAhead(current, { before, fetched })
  if (!known) return undefined
  return { ...known, rooms: known.rooms.map((room) => inAnswerIfAhead(room, before, fetched)) }
}

function inAnswerIfAhead(room: Room, before: Rooms | undefined, fetched: Rooms): Room {
  const inAnswer = findRoom(fetched.rooms, room.id)
  if (!inAnswer || inAnswer === room) return room
  const known = before && findRoom(before.rooms, room.id)
  return unlessAhead(room, { before: known, fetched: inAnswer }) ?? inAnswer
}

/** Epochs only grow, so a higher one than the server's is wrong too. */
function isAhead(
  before: { rev: number; epoch?: number },
  fetched: { rev: number; epoch?: number },
): boolean {
  return before.rev > fetched.rev || (before.epoch ?? 0) > (fetched.epoch ?? 0)
}
