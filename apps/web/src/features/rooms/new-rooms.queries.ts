import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import { newerRoom } from '@conclave/client/parts/merge-rooms'
import type { Body } from '@conclave/shared/contract'
import { findRoom, withRoom } from '@conclave/shared/rooms.order'
import { type Room, type Rooms } from '@conclave/shared/rooms'
import { createRoom } from '@conclave/shared/rooms.create'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCall } from '../../server/call.ts'

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
