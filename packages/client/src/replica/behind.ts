import type { Query, QueryClient } from '@tanstack/query-core'
import { CHANGING_PARTS, wholeParts } from '../parts/table.ts'
import { knownRevs } from './my-streams.ts'

/** One request each, so somebody who has opened very many rooms does not request all of them at once. */
const COMPARE_MAX_ROOMS = 20

/** Whether the list of my rooms and that of the team are loaded. */
export function isLoaded(queryClient: QueryClient, myId: string): boolean {
  return [...wholeParts('person'), ...wholeParts('team')].every(
    ({ entry }) => entry.read(queryClient, myId) !== undefined,
  )
}

/** Rooms with a loaded part that is older than the room's newest known revision. */
export function roomsBehind(queryClient: QueryClient): string[] {
  return [...(knownRevs(queryClient) ?? [])]
    .filter(([roomId, rev]) =>
      CHANGING_PARTS.some(({ entry }) => (entry.read(queryClient, roomId)?.rev ?? rev) < rev),
    )
    .map(([roomId]) => roomId)
}

/** Rooms to compare with the server's history: the open one first, then by last use. */
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
