import type { Query, QueryClient } from '@tanstack/query-core'
import { ALL_MESSAGES_KEY } from '../keys/messages.keys.ts'

/** The rooms that were opened in this page and that the cache still has. */
export interface RecentRooms {
  opened: (roomId: string) => void
  /** The cache has it no longer. */
  closed: (roomId: string) => void
  /** Those on the screen first, then the others, the one opened last first. */
  ids: () => string[]
}

export function createRecentRooms(queryClient: QueryClient): RecentRooms {
  // A set has its entries in the order they came in.
  const rooms = new Set(
    found()
      .toSorted((a, b) => age(b) - age(a))
      .map(roomOf),
  )

  function found(type?: 'active'): Query[] {
    return queryClient
      .getQueryCache()
      .findAll({ queryKey: ALL_MESSAGES_KEY, ...(type ? { type } : {}) })
  }

  return {
    opened: (roomId) => {
      rooms.delete(roomId)
      rooms.add(roomId)
    },
    closed: (roomId) => void rooms.delete(roomId),
    ids: () => [...new Set([...found('active').map(roomOf), ...[...rooms].toReversed()])],
  }
}

function roomOf({ queryKey }: Query): string {
  return String(queryKey[1])
}

function age({ state }: Query): number {
  return -state.dataUpdatedAt
}
