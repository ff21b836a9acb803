import { ProblemError, type Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import { roomsBehind, roomsToCompare } from './behind.ts'
import { createFetchChanges } from './fetch-changes.ts'
import { forgetOtherRooms } from './forget.ts'
import { createRefresh } from './refresh.ts'
import { roomIn, type Target } from './my-streams.ts'

/** Fetches what the cache is missing of these targets; rejects if any of it could not be fetched. */
export function createFetchMissing(options: {
  call: Call
  queryClient: QueryClient
  environment: Pick<Environment, 'clock' | 'sha256'>
  myId: string
  skipped: Set<string>
}): (targets: ReadonlySet<Target>) => Promise<void> {
  const { queryClient, myId } = options
  const refresh = createRefresh(options)
  const fetchChanges = createFetchChanges({ ...options, refresh })

  return async (targets) => {
    // The lists first: they say which rooms are behind, and the current epochs.
    await Promise.all([
      targets.has('person') ? refreshMine() : undefined,
      targets.has('team') ? refresh({ kind: 'team', id: '' }) : undefined,
    ])
    const roomIds = [...targets].map(roomIn).filter((roomId) => roomId !== undefined)
    if (targets.has('loaded')) retryFailed()
    const loaded = targets.has('loaded')
      ? new Set([...roomsBehind(queryClient), ...roomsToCompare(queryClient)])
      : new Set<string>()
    for (const roomId of roomIds) loaded.delete(roomId)
    await Promise.all([
      ...roomIds.map((roomId) => unlessGone(refreshAndCatchUp(roomId))),
      ...Array.from(loaded, (roomId) => unlessGone(fetchChanges(roomId))),
    ])
  }

  /** Retries queries that failed while there was no connection; each shows its own outcome. */
  function retryFailed(): void {
    void queryClient.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
  }

  async function refreshMine(): Promise<void> {
    await refresh({ kind: 'person', id: myId })
    forgetOtherRooms(queryClient)
  }

  async function refreshAndCatchUp(roomId: string): Promise<void> {
    await Promise.all([refresh({ kind: 'room', id: roomId }), fetchChanges(roomId)])
  }

  /** A room that I am no longer in is answered as not found: removes it from the cache. */
  async function unlessGone(fetching: Promise<void>): Promise<void> {
    try {
      await fetching
    } catch (error) {
      if (!(error instanceof ProblemError) || error.slug !== 'room-not-found') throw error
      await refreshMine()
    }
  }
}
