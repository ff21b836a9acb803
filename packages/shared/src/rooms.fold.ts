import type { PersonEvent, RoomEvent } from './events.ts'
import { changeRoom, withoutRoom, withRoom } from './rooms.order.ts'
import type { Room, Rooms } from './rooms.ts'
import { unreachable } from './unreachable.ts'
import { withMessage, withRead, type ReadPosition } from './unread.ts'

/**
 * My rooms after one of my own notices; the caller has checked that `rev` is exactly next. Rooms that it does not change
 * are the very same objects, and so is the list of them if it changes none.
 */
export function foldRooms(state: Rooms, event: PersonEvent, rev: number): Rooms {
  switch (event.type) {
    case 'room.joined':
      return { ...state, rev, rooms: withRoom(state.rooms, event.data) }
    case 'room.left':
      return { ...state, rev, rooms: withoutRoom(state.rooms, event.data.roomId) }
    case 'role.changed': {
      const { roomId, role } = event.data
      return {
        ...state,
        rev,
        rooms: changeRoom(state.rooms, roomId, (room) => withRole(room, role)),
      }
    }
    case 'read.moved':
      return { ...state, rev, rooms: withReads(state.rooms, [event.data]) }
    case 'reads.set':
      return { ...state, rev, rooms: withReads(state.rooms, event.data.rooms) }
    case 'rekeyed':
      return {
        ...state,
        rev,
        rooms: event.data.rooms.reduce(
          (rooms, { roomId, epoch }) => changeRoom(rooms, roomId, (room) => withEpoch(room, epoch)),
          state.rooms,
        ),
        teamEpoch: Math.max(state.teamEpoch, event.data.team ?? 0),
      }
    default:
      return unreachable(event)
  }
}

/** My rooms with these positions, where they are later than those that the rooms have. */
export function withReads(
  rooms: Room[],
  positions: readonly (ReadPosition & { roomId: string })[],
): Room[] {
  return positions.reduce(
    (changed, position) => changeRoom(changed, position.roomId, (room) => withRead(room, position)),
    rooms,
  )
}

/**
 * One of my rooms after an event of it; the caller has checked that `rev` is exactly next.
 * What nobody has to read, such as what I post myself, I have read on all my devices, once I have read everything before it.
 */
export function foldRoom(room: Room, event: RoomEvent, rev: number, personId: string): Room {
  switch (event.type) {
    case 'message.posted':
    case 'message.changed':
      return withMessage({ ...room, rev }, event.data, personId)
    case 'message.superseded':
      return { ...room, rev }
    case 'member.joined':
      return { ...room, rev, membersRev: rev, memberCount: room.memberCount + 1 }
    case 'member.updated':
      return { ...room, rev, membersRev: rev }
    case 'member.left':
      return { ...room, rev, membersRev: rev, memberCount: room.memberCount - 1 }
    case 'room.updated':
      return { ...room, rev, notifyAll: event.data.notifyAll }
    default:
      return unreachable(event)
  }
}

function withRole(room: Room, role: Room['role']): Room {
  return room.role === role ? room : { ...room, role }
}

function withEpoch(room: Room, epoch: number): Room {
  return epoch <= room.epoch ? room : { ...room, epoch }
}
