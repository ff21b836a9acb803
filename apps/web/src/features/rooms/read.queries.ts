import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import { moveRead, type Rooms } from '@conclave/shared/rooms'
import { useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useCall, type Call } from '../../server/call.ts'

const TELL_EVERY_MS = 400

/** Says how far I have read: at once here, and soon, once and only forward to the server. */
export function useMoveRead(roomId: string): (seq: number) => void {
  const call = useCall()
  const queryClient = useQueryClient()
  const mover = useMemo(
    () => createReadMover({ call, queryClient, roomId }),
    [call, queryClient, roomId],
  )
  useEffect(() => () => mover.flush(), [mover])
  return mover.move
}

export function createReadMover(options: {
  call: Call
  queryClient: QueryClient
  roomId: string
}): { move: (seq: number) => void; flush: () => void } {
  const { call, queryClient, roomId } = options
  let told = 0
  let wanted = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function move(seq: number): void {
    const room = queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms.find(({ id }) => id === roomId)
    if (!room || seq <= Math.max(room.readSeq, wanted)) return
    wanted = seq
    showRead(seq)
    timer ??= setTimeout(flush, TELL_EVERY_MS)
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (wanted <= told) return
    const before = told
    told = wanted
    call(moveRead, { params: { roomId }, body: { seq: told } }).catch(() => {
      // Said again with the next message read; until then another device may show it unread.
      told = before
    })
  }

  function showRead(seq: number): void {
    queryClient.setQueryData<Rooms>(
      ROOMS_KEY,
      (held) =>
        held && {
          ...held,
          rooms: held.rooms.map((room) =>
            room.id === roomId ? { ...room, readSeq: Math.max(room.readSeq, seq) } : room,
          ),
        },
    )
  }

  return { move, flush }
}
