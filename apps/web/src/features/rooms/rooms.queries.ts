import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import { firstLook } from '@conclave/client/parts/first-look'
import type { Call } from '@conclave/shared/client'
import { findRoom } from '@conclave/shared/rooms.order'
import type { Room, Rooms } from '@conclave/shared/rooms'
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { sha256 } from '../../realtime/sha256.ts'
import { useCall } from '../../server/call.ts'
import { useMyId } from '../people/MeProvider.tsx'

/** What is to know about one of my rooms; that it has new messages does not change it. */
export type RoomInfo = Omit<
  Room,
  'lastSeq' | 'readSeq' | 'readVersion' | 'unread' | 'mentions' | 'rev' | 'epoch'
>

/** Selected from my rooms; renders again only when what is selected changes. */
export function useOfRooms<Selected>(select: (rooms: readonly Room[]) => Selected): {
  data: Selected | undefined
  isLoading: boolean
  error: Error | null
} {
  const call = useCall()
  const queryClient = useQueryClient()
  const { data, isPending, error } = useQuery({
    queryKey: ROOMS_KEY,
    queryFn: () => roomsFor({ call, queryClient }),
    enabled: useMyId() !== undefined,
    select: ({ rooms }: Rooms) => select(rooms),
  })
  return { data, isLoading: isPending && !error, error }
}

async function roomsFor(options: { call: Call; queryClient: QueryClient }): Promise<Rooms> {
  const rooms = await firstLook(options)
  if (rooms) return rooms
  const { fetchRooms } = await import('@conclave/client/parts/fetch-rooms')
  return fetchRooms({ ...options, sha256 })
}

/** One of my rooms. */
export function useRoom(roomId: string): RoomInfo | undefined {
  return useOfRooms((rooms) => {
    const room = findRoom(rooms, roomId)
    return room && infoOf(room)
  }).data
}

function infoOf(room: Room): RoomInfo {
  const { lastSeq: _last, rev: _rev, epoch: _epoch, ...rest } = room
  const { readSeq: _read, readVersion: _version, unread: _unread, mentions: _, ...info } = rest
  return info
}

/** One of my rooms as it is now, without following what becomes of it. */
export function useRoomNow(): (roomId: string) => Room | undefined {
  const queryClient = useQueryClient()
  return (roomId) => findRoom(queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms ?? [], roomId)
}

export { useMoveRead } from './read.queries.ts'
