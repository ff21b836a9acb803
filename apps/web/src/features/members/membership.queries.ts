import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import { forgetOtherRooms } from '@conclave/client/replica/forget'
import { addMember, removeMember } from '@conclave/shared/members'
import { getRoom, type Rooms } from '@conclave/shared/rooms'
import { withoutRoom } from '@conclave/shared/rooms.order'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCall } from '../../server/call.ts'
import { useMyId } from '../people/MeProvider.tsx'
import { leaveKey } from './leave.keys.ts'
import { useAddRoom } from '../rooms/new-rooms.queries.ts'

/** Joins an open room, then adds it to my rooms. */
export function useJoinRoom() {
  const call = useCall()
  const myId = useMyId()
  const addRoom = useAddRoom()
  return useMutation({
    mutationFn: async (roomId: string) => {
      if (myId === undefined) throw new Error('Nobody is signed in')
      await call(addMember, { params: { roomId }, body: { personId: myId } })
      return call(getRoom, { params: { roomId } })
    },
    onSuccess: addRoom,
  })
}

/** Its row disappears with the answer; the event that follows changes nothing more. */
export function useLeaveRoom(roomId: string) {
  const call = useCall()
  const myId = useMyId()
  const queryClient = useQueryClient()
  return useMutation({
    mutationKey: leaveKey(roomId),
    mutationFn: async () => {
      if (myId === undefined) throw new Error('Nobody is signed in')
      return call(removeMember, { params: { roomId, personId: myId } })
    },
    onSuccess: () => {
      queryClient.setQueryData<Rooms>(
        ROOMS_KEY,
        (current) => current && { ...current, rooms: withoutRoom(current.rooms, roomId) },
      )
      forgetOtherRooms(queryClient)
    },
  })
}
