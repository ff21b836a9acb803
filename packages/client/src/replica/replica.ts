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
  const { resync, ...rest } = options
  const shared = { ...rest, passed: new Set<string>() }
  const dispatch = createDispatch(shared)
  const fetchMissing = createFetchMissing(shared)
  const early = createEarlyEvents()
  let fetches = 0

  function take(channel: Channel, wire: unknown): Outcome | undefined {
    const taken = dispatch(channel, wire)
    // What is missing before it may be on its way already.
    if (taken?.outcome === 'gap' && fetches > 0 && early.keep(channel, wire)) return 'gap'
    if (taken?.ask) resync(taken.ask)
    return taken?.outcome
  }

  return {
    take,
    fetchMissing: async (places) => {
      fetches += 1
      try {
        await fetchMissing(places)
      } finally {
        fetches -= 1
        // In a busy room something always comes meanwhile; without it the next event would show a gap again.
        notifyManager.batch(() => {
          for (const { channel, wire } of early.takeAll()) take(channel, wire)
        })
      }
    },
  }
}
