import type { People } from '@conclave/shared/people'
import type { HeldPeople, HeldPerson } from '@conclave/shared/people.fold'
import { replaceEqualDeep } from '@tanstack/query-core'

/** The answer to a request for these people. */
export interface AskedPeople extends People {
  /** The ids that were asked for. Whoever is not in the answer does not exist. */
  ids: readonly string[]
}

/** Nobody, which is true of every revision. */
export function nobodyAt(rev: number): HeldPeople {
  return { rev, listsRev: rev, byId: new Map() }
}

/**
 * The held people with those that were asked for, and those who do not exist as nobody. Of the same revision, the answer is
 * kept: somebody with the channel's key could have forged an event that took the revision of a true one.
 */
export function keepAsked(state: HeldPeople, answers: readonly AskedPeople[]): HeldPeople {
  const byId = new Map(state.byId)
  for (const { ids, people, rev } of answers) {
    const known = new Map(people.map((person) => [person.id, person]))
    for (const id of ids) {
      const held = byId.get(id)
      if (held === undefined || held.rev <= rev)
        byId.set(id, unlessSame(held, { person: known.get(id), rev }))
    }
  }
  return { ...state, byId }
}

/** Without the oldest that are not needed, if there are too many. A map has its entries in the order they came in. */
export function withinBound(
  state: HeldPeople,
  { max, isNeeded }: { max: number; isNeeded: (id: string) => boolean },
): HeldPeople {
  const excess = state.byId.size - max
  if (excess <= 0) return state
  const dropped = [...state.byId.keys()].filter((id) => !isNeeded(id)).slice(0, excess)
  const byId = new Map(state.byId)
  for (const id of dropped) byId.delete(id)
  return { ...state, byId }
}

/** Keeps the object if nothing in it differs, so that whoever shows the person sees that nothing changed. */
function unlessSame(held: HeldPerson | undefined, { person, rev }: HeldPerson): HeldPerson {
  return { person: replaceEqualDeep(held?.person, person), rev }
}
