import type { QueryClient } from '@tanstack/query-core'
import { CHANGING_PARTS, PARTS } from '../parts/table.ts'
import { myRoomIds } from './my-streams.ts'

/** Removes rooms that I am not in from the cache. Messages that wait to be sent there are removed by `OutboxProvider`. */
export function forgetOtherRooms(queryClient: QueryClient): void {
  const mine = myRoomIds(queryClient)
  if (!mine) return
  for (const queryKey of PARTS.room.flatMap(({ forgets = [] }) => forgets)) {
    queryClient.removeQueries({
      queryKey,
      predicate: (query) => !mine.has(String(query.queryKey[1])),
    })
  }
}

/**
 * Removes what is caught up of a room that no events arrive of any more: it would be shown as it was. What waits to be sent
 * there stays, and so does a room that is on the screen.
 */
export function dropRoom(queryClient: QueryClient, roomId: string): void {
  for (const { keys } of CHANGING_PARTS)
    queryClient.removeQueries({ queryKey: [...keys, roomId], type: 'inactive' })
}
