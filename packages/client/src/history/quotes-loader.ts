import type { Call } from '@conclave/shared/client'
import { QUOTES_MAX } from '@conclave/shared/quotes'
import type { HeldQuotes } from '@conclave/shared/quotes.fold'
import type { QueryClient } from '@tanstack/query-core'
import { createTimer } from '../connection/timer.ts'
import type { Clock } from '../environment.ts'
import { quotesKey } from '../keys/messages.keys.ts'
import { askForQuotes, withAnswer } from '../parts/quotes.part.ts'
import { createNeeds } from '../people/needs.ts'

const AGAIN_MS = 5_000
/** More than a long scroll shows; one that is dropped and needed again is loaded again. */
const HELD_MAX = 300

/** Loads the quotes of one room that are needed and not held. */
export interface QuotesLoader {
  /** Says that this message's quote is shown, until the returned function is called. */
  need: (id: string) => () => void
}

export function createQuotesLoader(options: {
  call: Call
  queryClient: QueryClient
  clock: Clock
  roomId: string
}): QuotesLoader {
  const { call, queryClient, clock, roomId } = options
  const needs = createNeeds()
  const loading = new Set<string>()
  const again = createTimer(clock)
  let isGathering = false

  const held = () => queryClient.getQueryData<HeldQuotes>(quotesKey(roomId))
  const missing = () =>
    needs.ids().filter((id) => held()?.byId[id] === undefined && !loading.has(id))

  /** All that come to be needed in one tick are asked for together. */
  function gather(): void {
    if (isGathering) return
    isGathering = true
    void Promise.resolve().then(loadMissing)
  }

  async function loadMissing(): Promise<void> {
    isGathering = false
    const ids = missing().slice(0, QUOTES_MAX)
    if (ids.length > 0) await load(ids)
  }

  async function load(ids: readonly string[]): Promise<void> {
    for (const id of ids) loading.add(id)
    try {
      const answer = await askForQuotes(call, roomId, ids)
      queryClient.setQueryData<HeldQuotes>(quotesKey(roomId), (state) =>
        withinBound(withAnswer(state, answer)),
      )
      // Only after an answer: while there is none, asking at once would never end.
      if (held()) gather()
    } catch {
      again.start(AGAIN_MS, gather)
    } finally {
      for (const id of ids) loading.delete(id)
    }
  }

  function withinBound(state: HeldQuotes): HeldQuotes {
    const entries = Object.entries(state.byId)
    if (entries.length <= HELD_MAX) return state
    return { ...state, byId: Object.fromEntries(entries.filter(([id]) => needs.has(id))) }
  }

  return {
    need: (id) => {
      const release = needs.add([id])
      if (held()?.byId[id] === undefined) gather()
      return release
    },
  }
}
