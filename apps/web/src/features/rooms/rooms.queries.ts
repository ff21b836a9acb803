import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import { fetchRooms } from '@conclave/client/parts/fetch-rooms'
import { newerRoom } from '@conclave/client/parts/merge-rooms'
import type { Body } from '@conclave/shared/contract'
import { findRoom, withRoom } from '@conclave/shared/rooms.order'
import { createRoom, type Room, type Rooms } from '@conclave/shared/rooms'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { sha256 } from '../../realtime/sha256.ts'
import { useCall } from '../../server/call.ts'
import { useMyId } from '../people/MeProvider.tsx'

/** What is to know about one of my rooms; that it has new messages does not change it. */
export type RoomInfo = Omit<Room, 'lastSeq' | 'readSeq' | 'rev' | 'epoch'>

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
    queryFn: () => fetchRooms({ call, queryClient, sha256 }),
    enabled: useMyId() !== undefined,
    select: ({ rooms }: Rooms) => select(rooms),
  })
  return { data, isLoading: isPending && !error, error }
}

/** One of my rooms. */
export function useRoom(roomId: string): RoomInfo | undefined {
  return useOfRooms((rooms) => {
    const room = findRoom(rooms, roomId)
    return room && infoOf(room)
  }).data
}

function infoOf(room: Room): RoomInfo {
  const { lastSeq: _last, readSeq: _read, rev: _rev, epoch: _epoch, ...info } = room
  return info
}

/** One of my rooms as it is now, without following what becomes of it. */
export function useRoomNow(): (roomId: string) => Room | undefined {
  const queryClient = useQueryClient()
  return (roomId) => findRoom(queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms ?? [], roomId)
}

export function isUnread(room: Room): boolean {
  return room.lastSeq > room.readSeq
}

export function useCreateRoom() {
  const call = useCall()
  const addRoom = useAddRoom()
  return useMutation({
    mutationFn: (body: Body<typeof createRoom>) => call(createRoom, { body }),
    onSuccess: addRoom,
  })
}

/** Shows the room before its event arrives; the event then puts the same room in the same place. */
export function useAddRoom() {
  const queryClient = useQueryClient()
  return (room: Room) => {
    queryClient.setQueryData<Rooms>(ROOMS_KEY, (current) => {
      if (!current) return current
      const before = findRoom(current.rooms, room.id)
      return { ...current, rooms: withRoom(current.rooms, newerRoom(before, room)) }
    })
  }
}

export { useMoveRead } from './read.queries.ts'
