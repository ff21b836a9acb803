import type { Channel } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import { notifyManager, type QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import { createDispatch, type Outcome } from './dispatch.ts'
import { createEarlyEvents } from './early.ts'
import { createFetchMissing } from './fetch-missing.ts'
import type { Place } from './my-streams.ts'

/** What one person holds of the server's truth, in a cache that whoever shows it reads. */
export interface Replica {
  /** Takes an event that came on a channel; answers what became of it, or nothing on a channel that carries none. */
  take: (channel: Channel, wire: unknown) => Outcome | undefined
  /** Fetches what is missing of these places; rejects when any of it could not be fetched. */
  fetchMissing: (places: ReadonlySet<Place>) => Promise<void>
}

/**
 * Keeps a cache true by events and by asking. It decides nothing about when: `resync` hears which place an event has
 * shown to be behind, and whoever hears it calls `fetchMissing`.
 */
export function createReplica(options: {
  call: Call
  queryClient: QueryClient
  environment: Pick<Environment, 'clock' | 'sha256'>
  myId: string
  resync: (place: Place) => void
}): Replica {
  const shared = { ...options, passed: new Set<string>() }
  const dispatch = createDispatch(shared)
  // What they show to be missing was asked for when they came.
  const dispatchAgain = createDispatch({ ...shared, resync: () => undefined })
  const fetchMissing = createFetchMissing(shared)
  const early = createEarlyEvents()

  return {
    take: (channel, wire) => {
      const outcome = dispatch(channel, wire)
      if (outcome === 'gap') early.keep(channel, wire)
      return outcome
    },
    fetchMissing: async (places) => {
      // Everything that was told before the question is in the answer.
      early.takeAll()
      await fetchMissing(places)
      // In a busy room there is always something that comes meanwhile; without it the next event would be a gap again.
      notifyManager.batch(() => {
        for (const { channel, wire } of early.takeAll()) dispatchAgain(channel, wire)
      })
    },
  }
}
