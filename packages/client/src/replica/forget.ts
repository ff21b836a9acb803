import type { QueryClient } from '@tanstack/query-core'
import { PARTS } from '../parts/table.ts'
import { knownRevs } from './my-streams.ts'

/** Removes rooms that I am not in from the cache. Messages that wait to be sent there are removed by `OutboxProvider`. */
export function forgetOtherRooms(queryClient: QueryClient): void {
  const mine = knownRevs(queryClient)
  if (!mine) return
  for (const queryKey of PARTS.room.flatMap(({ forgets = [] }) => forgets)) {
    queryClient.removeQueries({
      queryKey,
      predicate: (query) => !mine.has(String(query.queryKey[1])),
    })
  }
}
