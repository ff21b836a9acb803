import type { Room, Rooms } from '@conclave/shared/rooms'
import { findRoom } from '@conclave/shared/rooms.order'
import { withRead } from '@conclave/shared/unread'
import { roomsUnlessAhead } from './history-wins.ts'
import type { LookedAt } from './look.ts'
import type { MergeStates } from './part-kinds.ts'

/** My rooms after a look: of each room the newer state, unless it was ahead of the server before the look. */
export function mergeLook({ current, before, fetched }: MergeStates<Rooms, LookedAt>): Rooms {
  const { answered: _, ...rooms } = fetched
  return newerRooms(roomsUnlessAhead(current, { before, fetched: rooms }), rooms)
}

/** For each room the newer state: a list that was fetched while events arrived may be older than the current one. */
export function newerRooms(current: Rooms | undefined, fetched: Rooms): Rooms {
  if (!current) return fetched
  const [base, other] = current.rev > fetched.rev ? [current, fetched] : [fetched, current]
  return {
    rev: base.rev,
    epoch: Math.max(current.epoch, fetched.epoch),
    teamEpoch: Math.max(current.teamEpoch, fetched.teamEpoch),
    teamRev: fetched.teamRev,
    rooms: base.rooms.map((room) => {
      const inOther = findRoom(other.rooms, room.id)
      if (!inOther) return room
      return base === fetched ? newerRoom(inOther, room) : newerRoom(room, inOther)
    }),
  }
}

/** The newer of two states of a room; of two of the same revision, what was fetched. */
export function newerRoom(current: Room | undefined, fetched: Room): Room {
  if (!current || current === fetched) return fetched
  const [newer, other] = current.rev > fetched.rev ? [current, fetched] : [fetched, current]
  return { ...withRead(newer, other), epoch: Math.max(current.epoch, fetched.epoch) }
}
