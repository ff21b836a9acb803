import type { Query, QueryClient } from '@tanstack/query-core'
import { heldRooms } from '../parts/part-kinds.ts'
import { CHANGING_PARTS, wholeParts } from '../parts/table.ts'
import { listedRev } from './my-streams.ts'

/** One request each, so somebody who has opened very many rooms does not request all of them at once. */
const COMPARE_MAX_ROOMS = 20

/** Whether the list of my rooms is loaded, and at which revision the team is. */
export function isLoaded(queryClient: QueryClient, myId: string): boolean {
  return [...wholeParts('person'), ...wholeParts('team')].every(
    ({ entry, isOptional }) => isOptional || entry.read(queryClient, myId) !== undefined,
  )
}

/** Whether a part of this room that the cache has is older than a revision, by default the room's newest that is known. */
export function isBehind(
  queryClient: QueryClient,
  roomId: string,
  rev = listedRev(queryClient, { kind: 'room', id: roomId }),
): boolean {
  if (rev === undefined) return false
  return CHANGING_PARTS.some(({ entry }) => (entry.read(queryClient, roomId)?.rev ?? rev) < rev)
}

/** The rooms of which that is true. */
export function roomsBehind(queryClient: QueryClient): string[] {
  const roomIds = CHANGING_PARTS.flatMap((part) => heldRooms(queryClient, part))
  return [...new Set(roomIds)].filter((roomId) => isBehind(queryClient, roomId))
}

/** Rooms to compare with the server's history: the open one first, then by last use. */
export function roomsToCompare(queryClient: QueryClient): string[] {
  const queries = CHANGING_PARTS.flatMap(({ compare, keys }) =>
    compare ? queryClient.getQueryCache().findAll({ queryKey: keys }) : [],
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
