import type { QueryClient } from '@tanstack/query-core'
import { PARTS } from '../parts/table.ts'
import { knownRevs } from './my-streams.ts'

/** Keeps nothing of a room that is not mine; what I was about to say in it goes with the list (`OutboxProvider`). */
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
