import type { PersonEvent, RoomEvent } from './events.ts'
import type { Room, Rooms } from './rooms.ts'

/** My rooms after one of my own notices; the caller has checked that `rev` is exactly next. */
export function foldRooms(state: Rooms, { type, data }: PersonEvent, rev: number): Rooms {
  switch (type) {
    case 'room.joined':
      return { ...state, rev, rooms: [...without(state.rooms, data.id), data] }
    case 'room.left':
      return { ...state, rev, rooms: without(state.rooms, data.roomId) }
    case 'role.changed':
      return withChanged(state, rev, (room) =>
        room.id === data.roomId ? { ...room, role: data.role } : room,
      )
    case 'read.moved':
      return withChanged(state, rev, (room) =>
        room.id === data.roomId ? { ...room, readSeq: Math.max(room.readSeq, data.readSeq) } : room,
      )
    case 'rekeyed': {
      const epochs = new Map(data.rooms.map(({ roomId, epoch }) => [roomId, epoch]))
      const rekeyed = withChanged(state, rev, (room) => withEpoch(room, epochs.get(room.id)))
      return { ...rekeyed, teamEpoch: Math.max(state.teamEpoch, data.team ?? 0) }
    }
  }
}

/**
 * A room of this person's after something happened in it; the caller has checked that `rev` is exactly next.
 * What I say myself, on whatever device, I have read, once I have read everything before it.
 */
export function foldRoom(room: Room, event: RoomEvent, rev: number, personId: string): Room {
  switch (event.type) {
    case 'message.posted': {
      const { seq, authorId } = event.data
      const isRead = authorId === personId && room.readSeq === seq - 1
      return { ...room, rev, lastSeq: seq, readSeq: isRead ? seq : room.readSeq }
    }
    case 'member.joined':
    case 'member.updated':
    case 'member.left':
      return { ...room, rev }
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
