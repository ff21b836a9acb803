import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import { moveRead, type Rooms } from '@conclave/shared/rooms'
import { changeRoom, findRoom } from '@conclave/shared/rooms.order'
import { useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useCall, type Call } from '../../server/call.ts'

const SEND_AFTER_MS = 400
/** While one message follows another, the server is told this often. */
const SEND_EVERY_MS = 2_000

/** Marks messages as read: at once on this screen, and soon after on the server, which only ever moves forward. */
export function useMoveRead(roomId: string): (seq: number) => void {
  const call = useCall()
  const queryClient = useQueryClient()
  const mover = useMemo(
    () => createReadMover({ call, queryClient, roomId }),
    [call, queryClient, roomId],
  )
  useEffect(() => {
    // The tab may be closed next.
    document.addEventListener('visibilitychange', mover.flush)
    return () => {
      document.removeEventListener('visibilitychange', mover.flush)
      mover.flush()
    }
  }, [mover])
  return mover.move
}

function createReadMover(options: { call: Call; queryClient: QueryClient; roomId: string }): {
  move: (seq: number) => void
  flush: () => void
} {
  const { call, queryClient, roomId } = options
  let sentSeq = 0
  let wantedSeq = 0
  let sentAt = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  function move(seq: number): void {
    const room = findRoom(queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms ?? [], roomId)
    if (!room || seq <= Math.max(room.readSeq, wantedSeq)) return
    wantedSeq = seq
    showRead(seq)
    timer ??= setTimeout(flush, Math.max(SEND_AFTER_MS, sentAt + SEND_EVERY_MS - performance.now()))
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (wantedSeq <= sentSeq) return
    const previousSeq = sentSeq
    sentSeq = wantedSeq
    sentAt = performance.now()
    call(moveRead, { params: { roomId }, body: { seq: sentSeq } }).catch(() => {
      // The next message read sends it again; until then another device may show it unread.
      sentSeq = previousSeq
    })
  }

  function showRead(seq: number): void {
    queryClient.setQueryData<Rooms>(
      ROOMS_KEY,
      (current) =>
        current && {
          ...current,
          rooms: changeRoom(current.rooms, roomId, (room) => ({
            ...room,
            readSeq: Math.max(room.readSeq, seq),
          })),
        },
    )
  }

  return { move, flush }
}
