import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import type { Rooms } from '@conclave/shared/rooms'
import { changeRoom } from '@conclave/shared/rooms.order'
import { updateRoomSettings, type RoomSettings } from '@conclave/shared/rooms.settings'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCall } from '../../server/call.ts'

export function useUpdateRoomSettings(roomId: string) {
  const call = useCall()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (settings: RoomSettings) =>
      call(updateRoomSettings, { params: { roomId }, body: settings }),
    // Shows the result before its event arrives, which then says the same.
    onSuccess: ({ notifyAll }) =>
      queryClient.setQueryData<Rooms>(
        ROOMS_KEY,
        (list) =>
          list && {
            ...list,
            rooms: changeRoom(list.rooms, roomId, (room) => ({ ...room, notifyAll })),
          },
      ),
  })
}
