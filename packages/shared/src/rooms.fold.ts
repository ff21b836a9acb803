import type { PersonEvent, RoomEvent } from './events.ts'
import type { Room, Rooms } from './rooms.ts'

/** My rooms after one of my own notices; the caller has checked that `rev` is exactly next. */
export function foldRooms(state: Rooms, { type, data }: PersonEvent, rev: number): Rooms {
  switch (type) {
    case 'room.joined':
      return { rev, rooms: [...state.rooms.filter(({ id }) => id !== data.id), data] }
    case 'read.moved':
      return {
        rev,
        rooms: state.rooms.map((room) =>
          room.id === data.roomId
            ? { ...room, readSeq: Math.max(room.readSeq, data.readSeq) }
            : room,
        ),
      }
  }
}

/** One room after something happened in it; the caller has checked that `rev` is exactly next. */
export function foldRoom(room: Room, event: RoomEvent, rev: number): Room {
  switch (event.type) {
    case 'message.posted':
      return { ...room, rev, lastSeq: event.data.seq }
    case 'member.joined':
      return { ...room, rev }
  }
}
