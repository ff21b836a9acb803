import type { Room, Rooms } from '@conclave/shared/rooms'

/** For each room the newer state: a list that was fetched while events arrived may be older than the current one. */
export function newerRooms(current: Rooms | undefined, fetched: Rooms): Rooms {
  if (!current) return fetched
  const [base, other] = current.rev > fetched.rev ? [current, fetched] : [fetched, current]
  const others = new Map(other.rooms.map((room) => [room.id, room]))
  return {
    rev: base.rev,
    epoch: Math.max(current.epoch, fetched.epoch),
    teamEpoch: Math.max(current.teamEpoch, fetched.teamEpoch),
    teamRev: fetched.teamRev,
    rooms: base.rooms.map((room) => newerRoom(others.get(room.id), room)),
  }
}

export function newerRoom(current: Room | undefined, fetched: Room): Room {
  if (!current) return fetched
  const newer = current.rev > fetched.rev ? current : fetched
  return {
    ...newer,
    readSeq: Math.max(current.readSeq, fetched.readSeq),
    epoch: Math.max(current.epoch, fetched.epoch),
  }
}
