import type { TeamEvent } from './events.ts'
import type { People, Person } from './people.ts'
import type { Presence } from './presence.ts'
import { unreachable } from './unreachable.ts'

/** The team after an event; the caller has checked that `rev` is exactly next. */
export function foldPeople(state: People, event: TeamEvent, rev: number): People {
  switch (event.type) {
    case 'person.joined':
    case 'person.updated':
      return { ...state, rev, people: withPerson(state.people, event.data) }
    case 'presence.changed':
      return { ...state, rev, people: withPresence(state.people, event.data) }
    default:
      return unreachable(event)
  }
}

function withPerson(people: Person[], person: Person): Person[] {
  const others = people.filter(({ id }) => id !== person.id)
  return [...others, person].toSorted(byNameThenId)
}

function withPresence(people: Person[], { personId, online }: Presence): Person[] {
  return people.map((person) => (person.id === personId ? { ...person, online } : person))
}

/** Compares people by name, as JavaScript compares strings, then by id; the same on the server and in every client. */
export function byNameThenId(a: Person, b: Person): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.id < b.id ? -1 : 1
}
