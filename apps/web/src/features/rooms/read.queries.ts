import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import { moveRead, type Rooms } from '@conclave/shared/rooms'
import { withReads } from '@conclave/shared/rooms.fold'
import { findRoom } from '@conclave/shared/rooms.order'
import { useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useCall, type Call } from '../../server/call.ts'

const SEND_AFTER_MS = 400
/** While one message follows another, the server is told this often. */
const SEND_EVERY_MS = 2_000

/**
 * Marks messages as read: at once on this screen, and soon after on the server, which only ever moves forward. `follow` is
 * for when the reader scrolls: a position that was set by hand stays until then.
 */
export function useMoveRead(roomId: string): ReadMover {
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
  return mover
}

interface ReadMover {
  move: (seq: number) => void
  follow: () => void
}

function createReadMover(options: {
  call: Call
  queryClient: QueryClient
  roomId: string
}): ReadMover & { flush: () => void } {
  const { call, queryClient, roomId } = options
  const room = () => findRoom(queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms ?? [], roomId)
  /** The setting of the position by hand that the reader has gone on from. */
  let followed = room()?.readVersion
  let sentSeq = 0
  let wantedSeq = 0
  let sentAt = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  function follow(): void {
    const version = room()?.readVersion
    if (version === followed) return
    followed = version
    sentSeq = 0
    wantedSeq = 0
  }

  function move(seq: number): void {
    const now = room()
    // There was no list yet.
    followed ??= now?.readVersion
    if (!now || now.readVersion !== followed || seq <= Math.max(now.readSeq, wantedSeq)) return
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
    // An older server, which has told no version, would refuse one.
    const body = { seq: sentSeq, ...(followed === undefined ? {} : { readVersion: followed }) }
    call(moveRead, { params: { roomId }, body }).catch(() => {
      // The next message read sends it again; until then another device may show it unread.
      sentSeq = previousSeq
    })
  }

  function showRead(readSeq: number): void {
    queryClient.setQueryData<Rooms>(
      ROOMS_KEY,
      (current) =>
        current && {
          ...current,
          rooms: withReads(current.rooms, [{ roomId, readSeq, readVersion: followed }]),
        },
    )
  }

  return { move, follow, flush }
}
