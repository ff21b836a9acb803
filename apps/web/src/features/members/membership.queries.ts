import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import { forgetOtherRooms } from '@conclave/client/replica/forget'
import { addMember, removeMember } from '@conclave/shared/members'
import { getRoom, type Rooms } from '@conclave/shared/rooms'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCall } from '../../server/call.ts'
import { useMe } from '../people/people.queries.ts'
import { leaveKey } from './leave.keys.ts'
import { useAddRoom } from '../rooms/rooms.queries.ts'

/** Joins an open room, then adds it to my rooms. */
export function useJoinRoom() {
  const call = useCall()
  const { me } = useMe()
  const addRoom = useAddRoom()
  return useMutation({
    mutationFn: async (roomId: string) => {
      if (!me) throw new Error('Nobody is signed in')
      await call(addMember, { params: { roomId }, body: { personId: me.id } })
      return call(getRoom, { params: { roomId } })
    },
    onSuccess: addRoom,
  })
}

/** Its row disappears with the answer; the event that follows changes nothing more. */
export function useLeaveRoom(roomId: string) {
  const call = useCall()
  const { me } = useMe()
  const queryClient = useQueryClient()
  return useMutation({
    mutationKey: leaveKey(roomId),
    mutationFn: async () => {
      if (!me) throw new Error('Nobody is signed in')
      return call(removeMember, { params: { roomId, personId: me.id } })
    },
    onSuccess: () => {
      queryClient.setQueryData<Rooms>(
        ROOMS_KEY,
        (current) =>
          current && { ...current, rooms: current.rooms.filter(({ id }) => id !== roomId) },
      )
      forgetOtherRooms(queryClient)
    },
  })
}
