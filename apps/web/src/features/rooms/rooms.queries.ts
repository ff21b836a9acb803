import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import { newerRoom, newerRooms } from '@conclave/client/parts/newer-rooms'
import { createRoom, listRooms, type Room, type Rooms } from '@conclave/shared/rooms'
import type { Body } from '@conclave/shared/contract'
import { everyRoom } from '@conclave/shared/pages'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useCall, type Call } from '../../server/call.ts'
import { useMe, usePeople } from '../people/people.queries.ts'
import { compareNames, roomName } from './room-name.ts'

const NO_ROOMS: Room[] = []

function roomsQuery(call: Call, queryClient: QueryClient) {
  return queryOptions({
    queryKey: ROOMS_KEY,
    queryFn: async () => {
      const fetched = await everyRoom((query) => call(listRooms, { query }))
      return newerRooms(queryClient.getQueryData<Rooms>(ROOMS_KEY), fetched)
    },
  })
}

/** My rooms, sorted by the names I see. */
export function useRooms(): {
  rooms: Room[]
  isLoading: boolean
  error: Error | null
} {
  const { me } = useMe()
  const { byId } = usePeople()
  const { data, isPending, error } = useRoomsQuery()
  const rooms = useMemo(
    () =>
      (data?.rooms ?? NO_ROOMS)
        .map((room) => ({ room, name: roomName(room, byId, me?.id) }))
        .toSorted((a, b) => compareNames(a.name, b.name) || (a.room.id < b.room.id ? -1 : 1))
        .map(({ room }) => room),
    [data, byId, me?.id],
  )
  return { rooms, isLoading: isPending && !error, error }
}

export function useRoom(roomId: string): Room | undefined {
  return useRoomsQuery().data?.rooms.find(({ id }) => id === roomId)
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
      const before = current.rooms.find(({ id }) => id === room.id)
      const others = current.rooms.filter(({ id }) => id !== room.id)
      return { ...current, rooms: [...others, newerRoom(before, room)] }
    })
  }
}

function useRoomsQuery() {
  const call = useCall()
  const { me } = useMe()
  return useQuery({ ...roomsQuery(call, useQueryClient()), enabled: me !== undefined })
}
export { useMoveRead } from './read.queries.ts'
