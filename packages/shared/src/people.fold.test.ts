import { describe, expect, it } from 'vitest'
import { follow, type TeamEvent } from './events.ts'
import { alice, bob } from './people.examples.ts'
import { foldPeople, keepPeople, type HeldPeople } from './people.fold.ts'
import type { Person } from './people.ts'

const NOBODY: HeldPeople = { rev: 4, listsRev: 3, byId: new Map() }
const held = keepPeople(NOBODY, { people: [alice, bob], rev: 4 })

function receive(state: HeldPeople, event: TeamEvent, rev: number): HeldPeople {
  return follow(state.rev, rev) === 'next' ? foldPeople(state, event, rev) : state
}

function personAt(n: number): Person {
  return {
    ...bob,
    id: `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    name: `Person ${n}`,
  }
}

function inOrder({ byId }: HeldPeople): (Person | undefined)[] {
  return Array.from(byId.values(), ({ person }) => person)
}

describe('the people a client holds', () => {
  it('do not include somebody new whom nobody has shown', () => {
    const after = foldPeople(held, { type: 'person.joined', data: personAt(1) }, 5)
    expect(after).toEqual({ ...held, rev: 5, listsRev: 5 })
  })

  it.each<[string, TeamEvent, number]>([
    ['somebody joins', { type: 'person.joined', data: personAt(1) }, 5],
    ['somebody has another name', { type: 'person.updated', data: { ...bob, name: 'Rob' } }, 5],
    [
      'somebody has another status',
      { type: 'person.updated', data: { ...bob, status: 'away' } },
      3,
    ],
    ['somebody else changes', { type: 'person.updated', data: personAt(1) }, 3],
    [
      'people come and go',
      { type: 'presence.updated', data: { online: [bob.id], offline: [alice.id] } },
      3,
    ],
  ])('when %s, say since when lists of people are old', (_, event, listsRev) => {
    expect(foldPeople(held, event, 5)).toMatchObject({ rev: 5, listsRev })
  })

  it('have a changed status and role', () => {
    const away: Person = { ...alice, status: 'away', role: 'admin' }
    const after = foldPeople(held, { type: 'person.updated', data: away }, 5)
    expect(inOrder(after)).toEqual([away, bob])
  })

  it('have who is online, and nothing else of them changes', () => {
    const event: TeamEvent = {
      type: 'presence.updated',
      data: { online: [bob.id, personAt(1).id], offline: [alice.id] },
    }
    const after = foldPeople(held, event, 5)
    expect(inOrder(after)).toEqual([
      { ...alice, online: false },
      { ...bob, online: true },
    ])
  })

  it('are the very same when an event changes nothing in them', () => {
    const event: TeamEvent = {
      type: 'presence.updated',
      data: { online: [alice.id, personAt(1).id], offline: [] },
    }
    expect(foldPeople(held, event, 5).byId).toBe(held.byId)
  })

  it('are the same after an event that arrives twice', () => {
    const event: TeamEvent = { type: 'person.updated', data: { ...bob, active: false } }
    const once = receive(held, event, 5)
    expect(receive(once, event, 5)).toBe(once)
  })

  it('keep the later of an event and an answer, whichever comes first', () => {
    const later: Person = { ...bob, name: 'Bob T.' }
    const answered = keepPeople(held, { people: [later], rev: 9 })
    const told = foldPeople(answered, { type: 'person.updated', data: bob }, 5)
    expect(inOrder(told)).toEqual([alice, later])
    const early = keepPeople(told, { people: [bob], rev: 6 })
    expect(inOrder(early)).toEqual([alice, later])
  })

  it.each([10, 10_000])(
    'equal the team’s own state of them, with %i people in the team',
    (size) => {
      const team = Array.from({ length: size }, (_, n) => personAt(n))
      const shown = team.slice(0, 5)
      let state = keepPeople({ rev: 0, listsRev: 0, byId: new Map() }, { people: shown, rev: 0 })
      for (let rev = 1; rev <= 500; rev++) {
        const at = (rev * 7919) % size
        const event = changeOf(team[at]!, rev)
        team[at] = event.changed
        state = receive(state, event.event, rev)
      }
      expect(inOrder(state)).toEqual(team.slice(0, 5))
      expect(state.rev).toBe(500)
    },
  )
})

/** Every third change is of presence. */
function changeOf(person: Person, rev: number): { changed: Person; event: TeamEvent } {
  if (rev % 3 > 0) {
    const changed = { ...person, name: `Name ${rev}` }
    return { changed, event: { type: 'person.updated', data: changed } }
  }
  const online = !person.online
  const data = online ? { online: [person.id], offline: [] } : { online: [], offline: [person.id] }
  return { changed: { ...person, online }, event: { type: 'presence.updated', data } }
}
