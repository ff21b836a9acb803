import type { PersonEvent, RoomEvent } from './events.ts'
import type { Room, Rooms } from './rooms.ts'
import { unreachable } from './unreachable.ts'

/** My rooms after one of my own notices; the caller has checked that `rev` is exactly next. */
export function foldRooms(state: Rooms, event: PersonEvent, rev: number): Rooms {
  switch (event.type) {
    case 'room.joined':
      return { ...state, rev, rooms: [...without(state.rooms, event.data.id), event.data] }
    case 'room.left':
      return { ...state, rev, rooms: without(state.rooms, event.data.roomId) }
    case 'role.changed':
      return withChanged(state, rev, (room) =>
        room.id === event.data.roomId ? { ...room, role: event.data.role } : room,
      )
    case 'read.moved':
      return withChanged(state, rev, (room) =>
        room.id === event.data.roomId
          ? { ...room, readSeq: Math.max(room.readSeq, event.data.readSeq) }
          : room,
      )
    case 'rekeyed': {
      const epochs = new Map(event.data.rooms.map(({ roomId, epoch }) => [roomId, epoch]))
      const rekeyed = withChanged(state, rev, (room) => withEpoch(room, epochs.get(room.id)))
      return { ...rekeyed, teamEpoch: Math.max(state.teamEpoch, event.data.team ?? 0) }
    }
    default:
      return unreachable(event)
  }
}

/**
 * One of my rooms after an event of it; the caller has checked that `rev` is exactly next.
 * What I post myself I have read, on all my devices, once I have read everything before it.
 */
export function foldRoom(room: Room, event: RoomEvent, rev: number, personId: string): Room {
  switch (event.type) {
    case 'message.posted':
    case 'message.changed': {
      const { seq, authorId } = event.data
      const isRead = seq > room.lastSeq && authorId === personId && room.readSeq === seq - 1
      const lastSeq = Math.max(room.lastSeq, seq)
      return { ...room, rev, lastSeq, readSeq: isRead ? seq : room.readSeq }
    }
    case 'message.superseded':
      return { ...room, rev }
    case 'member.joined':
      return { ...room, rev, membersRev: rev, memberCount: room.memberCount + 1 }
    case 'member.updated':
      return { ...room, rev, membersRev: rev }
    case 'member.left':
      return { ...room, rev, membersRev: rev, memberCount: room.memberCount - 1 }
    default:
      return unreachable(event)
  }
}

function without(rooms: Room[], roomId: string): Room[] {
  return rooms.filter(({ id }) => id !== roomId)
}

function withChanged(state: Rooms, rev: number, change: (room: Room) => Room): Rooms {
  return { ...state, rev, rooms: state.rooms.map(change) }
}

function withEpoch(room: Room, epoch = 0): Room {
  return { ...room, epoch: Math.max(room.epoch, epoch) }
}
