import { ProblemError, type Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import { roomsBehind, roomsToCompare } from './behind.ts'
import { createFetchChanges } from './fetch-changes.ts'
import { forgetOtherRooms } from './forget.ts'
import { createRefresh } from './refresh.ts'
import { roomIn, type Place } from './my-streams.ts'

/** Fetches what the cache is missing of these places; rejects when any of it could not be fetched. */
export function createFetchMissing(options: {
  call: Call
  queryClient: QueryClient
  environment: Pick<Environment, 'clock' | 'sha256'>
  myId: string
  passed: Set<string>
}): (places: ReadonlySet<Place>) => Promise<void> {
  const { queryClient, myId } = options
  const refresh = createRefresh(options)
  const fetchChanges = createFetchChanges({ ...options, refresh })

  return async (places) => {
    // The lists first: they say which rooms fell behind, and under which epoch they are heard.
    await Promise.all([
      places.has('person') ? refreshMine() : undefined,
      places.has('team') ? refresh({ kind: 'team', id: '' }) : undefined,
    ])
    const asked = [...places].map(roomIn).filter((roomId) => roomId !== undefined)
    if (places.has('loaded')) retryFailed()
    const loaded = places.has('loaded')
      ? new Set([...roomsBehind(queryClient), ...roomsToCompare(queryClient)])
      : new Set<string>()
    for (const roomId of asked) loaded.delete(roomId)
    await Promise.all([
      ...asked.map((roomId) => unlessGone(refreshAndCatchUp(roomId))),
      ...Array.from(loaded, (roomId) => unlessGone(fetchChanges(roomId))),
    ])
  }

  /** Whatever could not be loaded at all while there was no connection; each shows its own outcome. */
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

  /** A room I am no longer in answers like one that never was: what I hold of it goes. */
  async function unlessGone(fetching: Promise<void>): Promise<void> {
    try {
      await fetching
    } catch (error) {
      if (!(error instanceof ProblemError) || error.slug !== 'room-not-found') throw error
      await refreshMine()
    }
  }
}
