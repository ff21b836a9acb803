import { everyRoom } from '@conclave/shared/pages'
import { getRoom, listRooms, type Room, type Rooms } from '@conclave/shared/rooms'
import { foldRoom, foldRooms } from '@conclave/shared/rooms.fold'
import type { QueryClient } from '@tanstack/query-core'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { roomsUnlessAhead, unlessAhead } from './history-wins.ts'
import { newerRoom, newerRooms } from './newer-rooms.ts'
import { entryAt, type WholePart } from './part-kinds.ts'

/** My rooms. */
export const rooms: WholePart<'person', Rooms> = {
  stream: 'person',
  entry: entryAt(() => ROOMS_KEY),
  fold: foldRooms,
  // Only my own sessions have the key of my channel, and each of its events can say anything of my rooms.
  check: () => true,
  load: ({ call }) => everyRoom((query) => call(listRooms, { query })),
  merge: ({ held, asked, fetched }) =>
    newerRooms(roomsUnlessAhead(held, { asked, fetched }), fetched),
}

/** The line of one room in that list: its stream moves it too, and it says how far that stream is known to be. */
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
    // What has become of a message may be told in place of that it was posted, but not the other way round.
    return event.type !== 'message.posted' || event.data.seq > next.lastSeq
  },
  skips: (event, { lastSeq }) => 'seq' in event.data && event.data.seq > lastSeq + 1,
  load: ({ call, id }) => call(getRoom, { params: { roomId: id } }),
  merge: ({ held, asked, fetched }) => newerRoom(unlessAhead(held, { asked, fetched }), fetched),
  pass: (held, rev) => ({ ...held, rev }),
}

function changeLine(
  queryClient: QueryClient,
  id: string,
  change: (held: Room | undefined) => Room | undefined,
): void {
  queryClient.setQueryData<Rooms>(ROOMS_KEY, (list) => {
    const held = list?.rooms.find((room) => room.id === id)
    const room = change(held)
    if (!list || !room) return list
    if (!held) return { ...list, rooms: [...list.rooms, room] }
    return { ...list, rooms: list.rooms.map((other) => (other.id === id ? room : other)) }
  })
}
