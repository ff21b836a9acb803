import type { Channel } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import { createDispatch, type Outcome } from './dispatch.ts'
import { createFetchMissing } from './fetch-missing.ts'
import type { Place } from './streams.ts'

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
  return { take: createDispatch(shared), fetchMissing: createFetchMissing(shared) }
}
