import type { Query, QueryClient } from '@tanstack/query-core'
import { CHANGING_PARTS, wholeParts } from '../parts/table.ts'
import { knownRevs } from './my-streams.ts'

/** One request each: a person who has looked into everything must not ask for everything at once. */
const COMPARE_MAX_ROOMS = 20

/** Whether everything is held that is held of all my rooms and of the team at once. */
export function isLoaded(queryClient: QueryClient, myId: string): boolean {
  return [...wholeParts('person'), ...wholeParts('team')].every(
    ({ entry }) => entry.read(queryClient, myId) !== undefined,
  )
}

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
