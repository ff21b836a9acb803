import { everyRoom } from '@conclave/shared/pages'
import { getRoom, listRooms, type Room, type Rooms } from '@conclave/shared/rooms'
import { foldRoom, foldRooms } from '@conclave/shared/rooms.fold'
import type { QueryClient } from '@tanstack/query-core'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { roomsUnlessAhead, unlessAhead } from './history-wins.ts'
import { newerRoom, newerRooms } from './newer-rooms.ts'
import { entryAt, type WholePart } from './part-kinds.ts'

/** The list of my rooms. */
export const rooms: WholePart<'person', Rooms> = {
  stream: 'person',
  entry: entryAt(() => ROOMS_KEY),
  fold: foldRooms,
  // Only my own sessions have the key of my channel, and its events may change anything in this list.
  check: () => true,
  load: ({ call }) => everyRoom((query) => call(listRooms, { query })),
  merge: ({ current, before, fetched }) =>
    newerRooms(roomsUnlessAhead(current, { before, fetched }), fetched),
}

/** One room in that list. Events of the room's stream change it too; its rev is the newest known revision of the stream. */
export const line: WholePart<'room', Room> = {
  stream: 'room',
  entry: {
    read: (queryClient, id) =>
      queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms.find((room) => room.id === id),
    change: changeLine,
  },
  fold: foldRoom,
  check: (event, { next }) => {
    if (!next || !('seq' in event.data)) return true
    // A later event may be the first one about a message, but `message.posted` is always about a new message.
    return event.type !== 'message.posted' || event.data.seq > next.lastSeq
  },
  showsGap: (event, { lastSeq }) => 'seq' in event.data && event.data.seq > lastSeq + 1,
  load: ({ call, id }) => call(getRoom, { params: { roomId: id } }),
  merge: ({ current, before, fetched }) =>
    newerRoom(unlessAhead(current, { before, fetched }), fetched),
  skip: (current, rev) => ({ ...current, rev }),
}

function changeLine(
  queryClient: QueryClient,
  id: string,
  change: (current: Room | undefined) => Room | undefined,
): void {
  queryClient.setQueryData<Rooms>(ROOMS_KEY, (list) => {
    const current = list?.rooms.find((room) => room.id === id)
    const room = change(current)
    if (!list || !room) return list
    if (!current) return { ...list, rooms: [...list.rooms, room] }
    return { ...list, rooms: list.rooms.map((other) => (other.id === id ? room : other)) }
  })
}
