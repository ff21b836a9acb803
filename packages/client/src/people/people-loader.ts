import type { Call } from '@conclave/shared/client'
import { getPeople, PEOPLE_BY_ID_MAX, type People } from '@conclave/shared/people'
import { keepPeople, type HeldPeople } from '@conclave/shared/people.fold'
import type { QueryClient } from '@tanstack/query-core'
import { PEOPLE_KEY } from '../keys/people.keys.ts'

/** More than a page shows in an hour; somebody who is not needed any more and needed again is loaded again. */
const HELD_MAX = 2_000

/** The people that a client holds: those that answers named, and those that it needs. They are at `PEOPLE_KEY`, by id. */
export interface PeopleLoader {
  /**
   * Says that these people are shown, until the returned function is called. Those that are not held are loaded, with
   * whoever else is needed in the same tick; a load that fails is tried again when they are needed again.
   */
  need: (ids: Iterable<string>) => () => void
  /** The ids of everybody who is needed now. */
  needed: () => string[]
  /** Loads again whoever is needed and not held, as after a load that failed. */
  loadMissing: () => void
  /** Keeps people that an answer has; of each, the later state. */
  keep: (people: People) => void
  /** Asks for these people by id, at most 100 in a request. Those whom the server does not know are held as nobody. */
  ask: (ids: readonly string[]) => Promise<AskedPeople[]>
}

/** The answer to one request for people by id. */
export interface AskedPeople extends People {
  /** The ids that were asked for. */
  ids: readonly string[]
}

export function createPeopleLoader(options: {
  call: Call
  queryClient: QueryClient
}): PeopleLoader {
  const { call, queryClient } = options
  /** How often each person is needed now. */
  const needs = new Map<string, number>()
  /** Needed since this tick began. */
  let gathered = new Set<string>()
  const loading = new Set<string>()
  queryClient.setQueryDefaults(PEOPLE_KEY, { gcTime: Infinity, structuralSharing: false })

  function need(ids: Iterable<string>): () => void {
    const wanted = [...ids]
    for (const id of wanted) needs.set(id, (needs.get(id) ?? 0) + 1)
    gather(wanted)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      for (const id of wanted) release(id)
    }
  }

  function release(id: string): void {
    const times = (needs.get(id) ?? 0) - 1
    if (times > 0) needs.set(id, times)
    else needs.delete(id)
  }

  function gather(ids: Iterable<string>): void {
    const missing = [...ids].filter((id) => !isHeld(id) && !loading.has(id))
    if (missing.length === 0) return
    if (gathered.size === 0) void Promise.resolve().then(loadGathered)
    for (const id of missing) gathered.add(id)
  }

  /** An answer of this tick may have named some of them. */
  function loadGathered(): void {
    const missing = [...gathered].filter((id) => !isHeld(id))
    gathered = new Set()
    for (const ids of chunksOf(missing)) void load(ids)
  }

  async function load(ids: readonly string[]): Promise<void> {
    for (const id of ids) loading.add(id)
    try {
      hold(await askOnce(ids))
    } catch {
      // Whoever shows them shows a placeholder; the next `need` or catch-up asks again.
    } finally {
      for (const id of ids) loading.delete(id)
    }
  }

  async function askOnce(ids: readonly string[]): Promise<AskedPeople> {
    return { ...(await call(getPeople, { query: { ids: ids.join(',') } })), ids }
  }

  function hold(answer: AskedPeople): void {
    change((state) => keepAsked(state, answer))
  }

  function change(next: (state: HeldPeople | undefined) => HeldPeople): void {
    queryClient.setQueryData<HeldPeople>(PEOPLE_KEY, (state) => {
      const changed = next(state)
      // The cache keeps what it has, and tells nobody, when it is given nothing.
      return changed === state ? undefined : withinBound(changed, needs)
    })
  }

  function isHeld(id: string): boolean {
    return queryClient.getQueryData<HeldPeople>(PEOPLE_KEY)?.byId.has(id) ?? false
  }

  return {
    need,
    needed: () => [...needs.keys()],
    loadMissing: () => gather(needs.keys()),
    keep: (people) => change((state) => keepPeople(state ?? nobodyAt(people.rev), people)),
    ask: async (ids) => Promise.all(chunksOf(ids).map(askOnce)),
  }
}

/** Nobody, which is true of every revision. */
export function nobodyAt(rev: number): HeldPeople {
  return { rev, byId: new Map() }
}

/** The held people with those of an answer, and those whom the server does not know as nobody. */
export function keepAsked(state: HeldPeople | undefined, answer: AskedPeople): HeldPeople {
  const { ids, people, rev } = answer
  const kept = keepPeople(state ?? nobodyAt(rev), { people, rev })
  const known = new Set(people.map(({ id }) => id))
  const unknown = ids.filter((id) => !known.has(id) && (kept.byId.get(id)?.rev ?? -1) < rev)
  if (unknown.length === 0) return kept
  const byId = new Map(kept.byId)
  for (const id of unknown) byId.set(id, { person: undefined, rev })
  return { ...kept, byId }
}

/** Without the oldest that are not needed, if there are too many. A map has its entries in the order they came in. */
function withinBound(state: HeldPeople, needs: ReadonlyMap<string, number>): HeldPeople {
  let excess = state.byId.size - HELD_MAX
  if (excess <= 0) return state
  const byId = new Map(state.byId)
  for (const id of byId.keys()) {
    if (excess <= 0) break
    if (needs.has(id)) continue
    byId.delete(id)
    excess -= 1
  }
  return { ...state, byId }
}

function chunksOf(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / PEOPLE_BY_ID_MAX) }, (_, nth) =>
    ids.slice(nth * PEOPLE_BY_ID_MAX, (nth + 1) * PEOPLE_BY_ID_MAX),
  )
}
