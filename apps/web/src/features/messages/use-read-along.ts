import { messagesKey } from '@conclave/client/keys/messages.keys'
import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import type { MessagePage } from '@conclave/shared/messages'
import type { Rooms } from '@conclave/shared/rooms'
import { findRoom } from '@conclave/shared/rooms.order'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'

/**
 * Marks a message as read together with its arrival, if the list is about to show it: so the room is not drawn as unread
 * first, and as read in the next frame.
 */
export function useReadAlong(options: {
  roomId: string
  /** Whether the list is seen, and goes along with what arrives. */
  isFollowing: () => boolean
  onRead: (seq: number) => void
}): void {
  const { roomId } = options
  const queryClient = useQueryClient()
  const readAlong = useEffectEvent(() => {
    const page = queryClient.getQueryData<MessagePage>(messagesKey(roomId))
    const room = findRoom(queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms ?? [], roomId)
    const seq = page?.messages.at(-1)?.seq
    // The page and the list of rooms are changed one after the other: only then are both there.
    if (!room || seq !== room.lastSeq || seq <= room.readSeq) return
    if (options.isFollowing()) options.onRead(seq)
  })
  useEffect(
    () =>
      queryClient.getQueryCache().subscribe(({ type, query }) => {
        const [changed, id] = query.queryKey
        if (type !== 'updated') return
        if (changed === ROOMS_KEY[0] || (changed === messagesKey(roomId)[0] && id === roomId))
          readAlong()
      }),
    [queryClient, roomId],
  )
}
