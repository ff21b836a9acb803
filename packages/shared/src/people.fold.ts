import type { TeamEvent } from './events.ts'
import { canonicalJson } from './messages.digest.ts'
import type { People, Person } from './people.ts'
import type { PresenceUpdate } from './presence.ts'
import { unreachable } from './unreachable.ts'

/** The people that a client holds, by id: some of the team, those that it has shown. */
export interface HeldPeople {
  /** The revision of the team's stream that all of them reflect, or a later one. */
  rev: number
  /** The revision at which lists of people last changed, as far as is known: somebody joined, or has another name. */
  listsRev: number
  byId: ReadonlyMap<string, HeldPerson>
}

export interface HeldPerson {
  /** Undefined when the server has nobody with this id. */
  person: Person | undefined
  /** The revision of the team's stream at which they were read; an earlier event says nothing new about them. */
  rev: number
}

/** The held people after an event; the caller has checked that `rev` is exactly next. People who are not held are not added. */
export function foldPeople(state: HeldPeople, event: TeamEvent, rev: number): HeldPeople {
  switch (event.type) {
    case 'person.joined':
      return keepHeld({ ...state, rev, listsRev: rev }, [event.data], rev)
    case 'person.updated':
      return keepHeld(
        { ...state, rev, listsRev: isRenamed(state, event.data) ? rev : state.listsRev },
        [event.data],
        rev,
      )
    case 'presence.updated':
      return withPresence({ ...state, rev }, event.data, rev)
    case 'workspace.updated':
      return { ...state, rev }
    default:
      return unreachable(event)
  }
}

/** Whether they had another name. */
export function isRenamed({ byId }: HeldPeople, { id, name }: Person): boolean {
  const before = byId.get(id)?.person
  return before !== undefined && before.name !== name
}

/** The held people with those of an answer; of each, the later state is kept. */
export function keepPeople(state: HeldPeople, { people, rev }: People): HeldPeople {
  const news = people.filter(({ id }) => (state.byId.get(id)?.rev ?? -1) < rev)
  if (news.length === 0) return state
  return { ...state, byId: withPeople(state.byId, news, rev) }
}

/** The same, only for people who are held already. */
export function keepHeld(state: HeldPeople, people: readonly Person[], rev: number): HeldPeople {
  return keepPeople(state, { people: people.filter(({ id }) => state.byId.has(id)), rev })
}

function withPeople(
  byId: HeldPeople['byId'],
  people: readonly Person[],
  rev: number,
): HeldPeople['byId'] {
  const changed = new Map(byId)
  for (const person of people)
    changed.set(person.id, { person: unlessSame(byId.get(person.id)?.person, person), rev })
  return changed
}

/** Keeps the object if nothing in it differs, so that whoever shows the person sees that nothing changed. */
function unlessSame(before: Person | undefined, person: Person): Person {
  return before && canonicalJson(before) === canonicalJson(person) ? before : person
}

function withPresence(
  state: HeldPeople,
  { online, offline }: PresenceUpdate,
  rev: number,
): HeldPeople {
  const now = (id: string, online: boolean): Person[] => {
    const person = state.byId.get(id)?.person
    return person && person.online !== online ? [{ ...person, online }] : []
  }
  const people = [
    ...online.flatMap((id) => now(id, true)),
    ...offline.flatMap((id) => now(id, false)),
  ]
  return keepPeople(state, { people, rev })
}
