import type { Channel } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import { isAnyGone } from '@conclave/shared/rooms.order'
import type { QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import type { PeopleLoader } from '../people/people-loader.ts'
import { createDispatch, type Doubts, type Outcome } from './dispatch.ts'
import { createDraft, type Draft } from './draft.ts'
import { createEarlyEvents } from './early-events.ts'
import { createFetchMissing } from './fetch-missing.ts'
import { forgetOtherRooms } from './forget.ts'
import { listIn, type Target } from './my-streams.ts'

/** An event as it arrived on a channel. */
export interface Arrival {
  channel: Channel
  wire: unknown
}

/** One person's copy of the server's data, in a query cache. */
export interface Replica {
  /**
   * Handles events in the order in which they arrived, and changes the cache once for all of them. Returns their outcomes;
   * undefined for a channel without a stream.
   */
  receive: (events: readonly Arrival[]) => (Outcome | undefined)[]
  /** Whether the cache is being changed by events right now. */
  isFolding: () => boolean
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
  people: PeopleLoader
  environment: Pick<Environment, 'clock' | 'sha256'>
  myId: string
  resync: (target: Target) => void
}): Replica {
  const { resync, ...rest } = options
  const { queryClient } = options
  const doubts: Doubts = { skipped: new Set(), unconfirmed: new Set() }
  const dispatch = createDispatch({ ...rest, doubts })
  const fetchMissing = createFetchMissing({ ...rest, doubts })
  const early = createEarlyEvents<Arrival>()
  let fetches = 0
  let isFolding = false

  function receive(events: readonly Arrival[]): (Outcome | undefined)[] {
    const draft = createDraft(queryClient)
    const outcomes = events.map((event) => receiveOne(draft, event))
    const before = listIn(queryClient)?.rooms ?? []
    isFolding = true
    draft.flush()
    isFolding = false
    if (isAnyGone(before, listIn(queryClient)?.rooms ?? [])) forgetOtherRooms(queryClient)
    return outcomes
  }

  function receiveOne(draft: Draft, { channel, wire }: Arrival): Outcome | undefined {
    const result = dispatch(draft, channel, wire)
    // What is missing before it may be in the answer that is being fetched.
    if (result?.outcome === 'gap' && fetches > 0 && early.keep({ channel, wire })) return 'gap'
    if (result?.behind) resync(result.behind)
    return result?.outcome
  }

  return {
    receive,
    isFolding: () => isFolding,
    fetchMissing: async (targets) => {
      fetches += 1
      try {
        await fetchMissing(targets)
      } finally {
        fetches -= 1
        // In a busy room events always arrive during a fetch; without them the next event would show a gap again.
        receive(early.takeAll())
      }
    },
  }
}
