import type { Query, QueryClient } from '@tanstack/query-core'
import { CHANGING_PARTS } from '../parts/table.ts'
import { knownRevs } from './streams.ts'

/** One request each: a person who has looked into everything must not ask for everything at once. */
const COMPARE_MAX_ROOMS = 20

/** Rooms of which something is held that is older than the room is known to be. */
export function roomsBehind(queryClient: QueryClient): string[] {
  return [...(knownRevs(queryClient) ?? [])]
    .filter(([roomId, rev]) =>
      CHANGING_PARTS.some(({ entry }) => (entry.read(queryClient, roomId)?.rev ?? rev) < rev),
    )
    .map(([roomId]) => roomId)
}

/** Rooms of which something is held against the server's history: the open one, then those used last. */
export function roomsToCompare(queryClient: QueryClient): string[] {
  const queries = CHANGING_PARTS.flatMap(({ compare }) =>
    compare ? queryClient.getQueryCache().findAll({ queryKey: compare.keys }) : [],
  )
  const roomIds = queries
    .filter(({ state }) => state.data !== undefined)
    .toSorted((a, b) => Number(b.isActive()) - Number(a.isActive()) || age(a) - age(b))
    .map(({ queryKey }) => String(queryKey[1]))
  return [...new Set(roomIds)].slice(0, COMPARE_MAX_ROOMS)
}

function age({ state }: Query): number {
  return -state.dataUpdatedAt
}
