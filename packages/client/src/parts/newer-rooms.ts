import type { Room, Rooms } from '@conclave/shared/rooms'

/** A list that was fetched while events arrived may be older, room by room, than what is held. */
export function newerRooms(held: Rooms | undefined, fetched: Rooms): Rooms {
  if (!held) return fetched
  const [base, other] = held.rev > fetched.rev ? [held, fetched] : [fetched, held]
  const others = new Map(other.rooms.map((room) => [room.id, room]))
  return {
    rev: base.rev,
    epoch: Math.max(held.epoch, fetched.epoch),
    teamEpoch: Math.max(held.teamEpoch, fetched.teamEpoch),
    rooms: base.rooms.map((room) => newerRoom(others.get(room.id), room)),
  }
}

export function newerRoom(held: Room | undefined, fetched: Room): Room {
  if (!held) return fetched
  const newer = held.rev > fetched.rev ? held : fetched
  return {
    ...newer,
    readSeq: Math.max(held.readSeq, fetched.readSeq),
    epoch: Math.max(held.epoch, fetched.epoch),
  }
}
