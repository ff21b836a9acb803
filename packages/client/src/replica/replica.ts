import type { Channel } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import { notifyManager, type QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import { createDispatch, type Outcome } from './dispatch.ts'
import { createEarlyEvents } from './early-events.ts'
import { createFetchMissing } from './fetch-missing.ts'
import type { Target } from './my-streams.ts'

/** One person's copy of the server's data, in a query cache. */
export interface Replica {
  /** Handles an event from a channel and returns its outcome, or undefined for a channel without a stream. */
  receive: (channel: Channel, wire: unknown) => Outcome | undefined
  /** Fetches what is missing of these targets; rejects if any of it could not be fetched. */
  fetchMissing: (targets: ReadonlySet<Target>) => Promise<void>
}

/**
 * Keeps a cache up to date with events and requests. It does not decide when to fetch: it calls `resync` with what an event
 * has shown to be behind, and the caller then calls `fetchMissing`.
 */
export function createReplica(options: {
  call: Call
  queryClient: QueryClient
  environment: Pick<Environment, 'clock' | 'sha256'>
  myId: string
  resync: (target: Target) => void
}): Replica {
  const { resync, ...rest } = options
  const shared = { ...rest, skipped: new Set<string>() }
  const dispatch = createDispatch(shared)
  const fetchMissing = createFetchMissing(shared)
  const early = createEarlyEvents()
  let fetches = 0

  function receive(channel: Channel, wire: unknown): Outcome | undefined {
    const result = dispatch(channel, wire)
    // What is missing before it may be in the answer that is being fetched.
    if (result?.outcome === 'gap' && fetches > 0 && early.keep(channel, wire)) return 'gap'
    if (result?.behind) resync(result.behind)
    return result?.outcome
  }

  return {
    receive,
    fetchMissing: async (targets) => {
      fetches += 1
      try {
        await fetchMissing(targets)
      } finally {
        fetches -= 1
        // In a busy room events always arrive during a fetch; without them the next event would show a gap again.
        notifyManager.batch(() => {
          for (const { channel, wire } of early.takeAll()) receive(channel, wire)
        })
      }
    },
  }
}
