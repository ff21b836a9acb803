import type { Call } from '@conclave/shared/client'
import { getPeople, PEOPLE_BY_ID_MAX, type People } from '@conclave/shared/people'
import { keepPeople, type HeldPeople } from '@conclave/shared/people.fold'
import type { QueryClient } from '@tanstack/query-core'
import { PEOPLE_KEY } from '../keys/people.keys.ts'
import { keepAsked, nobodyAt, withinBound, type AskedPeople } from './held-people.ts'
import { createNeeds } from './needs.ts'

/** More than a page shows in an hour; somebody who is dropped and needed again is loaded again. */
const HELD_MAX = 2_000

/** The people that a client holds: those that answers named, and those that it needs. They are at `PEOPLE_KEY`, by id. */
export interface PeopleLoader {
  /**
   * Says that these people are shown, until the returned function is called. Those that are not held are loaded, with
   * whoever else is needed in the same tick; a load that failed is tried again when they are needed again, or by the next
   * catch-up.
   */
  need: (ids: Iterable<string>) => () => void
  /** The ids of everybody who is needed now. */
  needed: () => string[]
  /** Loads whoever is needed and not held, as after a load that failed. */
  loadMissing: () => void
  /** Keeps people that an answer has; of each, the later state. */
  keep: (people: People) => void
  /** Asks for these people by id, at most 100 in a request. */
  ask: (ids: readonly string[]) => Promise<AskedPeople[]>
}

export function createPeopleLoader(options: {
  call: Call
  queryClient: QueryClient
}): PeopleLoader {
  const { call, queryClient } = options
  const needs = createNeeds()
  /** Needed and not held, since this tick began. */
  let gathered = new Set<string>()
  const loading = new Set<string>()
  queryClient.setQueryDefaults(PEOPLE_KEY, { gcTime: Infinity })

  function gather(ids: Iterable<string>): void {
    for (const id of ids) {
      if (isHeld(id) || loading.has(id)) continue
      if (gathered.size === 0) void Promise.resolve().then(loadGathered)
      gathered.add(id)
    }
  }

  function loadGathered(): void {
    // An answer of this tick may have named some of them.
    const missing = [...gathered].filter((id) => !isHeld(id))
    gathered = new Set()
    for (const ids of chunksOf(missing)) void load(ids)
  }

  async function load(ids: readonly string[]): Promise<void> {
    for (const id of ids) loading.add(id)
    try {
      const answer = await askOnce(ids)
      change((state) => keepAsked(state ?? nobodyAt(answer.rev), { answers: [answer] }))
    } catch {
      // Whoever shows them shows a placeholder; the next need or catch-up asks again.
    } finally {
      for (const id of ids) loading.delete(id)
    }
  }

  async function askOnce(ids: readonly string[]): Promise<AskedPeople> {
    return { ...(await call(getPeople, { query: { ids: ids.join(',') } })), ids }
  }

  function change(next: (state: HeldPeople | undefined) => HeldPeople): void {
    queryClient.setQueryData<HeldPeople>(PEOPLE_KEY, (state) => {
      const changed = next(state)
      // The cache keeps what it has, and tells nobody, when it is given nothing.
      if (changed === state) return undefined
      return withinBound(changed, { max: HELD_MAX, isNeeded: needs.has })
    })
  }

  function isHeld(id: string): boolean {
    return queryClient.getQueryData<HeldPeople>(PEOPLE_KEY)?.byId.has(id) ?? false
  }

  return {
    need: (ids) => {
      const needed = [...ids]
      gather(needed)
      return needs.add(needed)
    },
    needed: needs.ids,
    loadMissing: () => gather(needs.ids()),
    keep: (people) => change((state) => keepPeople(state ?? nobodyAt(people.rev), people)),
    ask: async (ids) => Promise.all(chunksOf(ids).map(askOnce)),
  }
}

function chunksOf(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / PEOPLE_BY_ID_MAX) }, (_, nth) =>
    ids.slice(nth * PEOPLE_BY_ID_MAX, (nth + 1) * PEOPLE_BY_ID_MAX),
  )
}
