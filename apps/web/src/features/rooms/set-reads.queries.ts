import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import { withReads } from '@conclave/shared/rooms.fold'
import { READS_SET_MAX, setReads } from '@conclave/shared/rooms.reads'
import type { Rooms } from '@conclave/shared/rooms'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useCall } from '../../server/call.ts'

interface WantedRead {
  roomId: string
  /** The last message that is read. */
  seq: number
}

/** Sets how far I have read these rooms, also backwards; shows it once the server has stored it, on all devices. */
export function useSetReads(): (reads: readonly WantedRead[]) => Promise<void> {
  const call = useCall()
  const queryClient = useQueryClient()
  return useCallback(
    async (reads) => {
      for (let from = 0; from < reads.length; from += READS_SET_MAX) {
        const body = { rooms: reads.slice(from, from + READS_SET_MAX) }
        const { rooms: set } = await call(setReads, { body })
        queryClient.setQueryData<Rooms>(
          ROOMS_KEY,
          (list) => list && { ...list, rooms: withReads(list.rooms, set) },
        )
      }
    },
    [call, queryClient],
  )
}
