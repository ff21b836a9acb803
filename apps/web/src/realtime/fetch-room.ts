import { getRoom, type Room, type Rooms } from '@conclave/shared/rooms'
import type { QueryClient } from '@tanstack/react-query'
import { newerRoom } from '../features/rooms/newer-rooms.ts'
import { ROOMS_KEY } from '../features/rooms/rooms.keys.ts'
import type { Call } from '../server/call.ts'
import { unlessAhead } from './history-wins.ts'

/** Fetches a room's line in the list of rooms. */
export async function fetchRoom(
  { call, queryClient }: { call: Call; queryClient: QueryClient },
  roomId: string,
): Promise<void> {
  const asked = queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms.find(({ id }) => id === roomId)
  const fetched = await call(getRoom, { params: { roomId } })
  queryClient.setQueryData<Rooms>(ROOMS_KEY, (held) => {
    const before = held?.rooms.find(({ id }) => id === roomId)
    return held && withRoom(held, newerRoom(unlessAhead(before, { asked, fetched }), fetched))
  })
}

function withRoom(held: Rooms, room: Room): Rooms {
  return { ...held, rooms: [...held.rooms.filter(({ id }) => id !== room.id), room] }
}
