import { describe, expect, it } from 'vitest'
import { follow, type TeamEvent } from './events.ts'
import { alice, bob, team } from './people.examples.ts'
import { byNameThenId, foldPeople } from './people.fold.ts'
import type { People, Person } from './people.ts'

function receive(state: People, event: TeamEvent, rev: number): People {
  return follow(state.rev, rev) === 'next' ? foldPeople(state, event, rev) : state
}

describe('the team', () => {
  const anna: Person = { ...bob, id: '01900000-0000-7000-8000-00000000000c', name: 'Anna Berg' }

  it('includes somebody new, in the order of names', () => {
    const after = foldPeople(team, { type: 'person.joined', data: anna }, 5)
    expect(after).toEqual({ ...team, rev: 5, people: [alice, anna, bob] })
  })

  it('has a changed status, and lists nobody twice', () => {
    const away: Person = { ...alice, status: 'away' }
    const after = foldPeople(team, { type: 'person.updated', data: away }, 5)
    expect(after.people).toEqual([away, bob])
  })

  it('has a changed role', () => {
    const admin: Person = { ...bob, role: 'admin' }
    const after = foldPeople(team, { type: 'person.updated', data: admin }, 5)
    expect(after.people).toEqual([alice, admin])
  })

  it('has who is online, and changes nothing else of them', () => {
    const gone: TeamEvent = {
      type: 'presence.changed',
      data: { personId: alice.id, online: false },
    }
    const after = foldPeople(team, gone, 5)
    expect(after.people).toEqual([{ ...alice, online: false }, bob])
  })

  it('is the same after an event that arrives twice', () => {
    const event: TeamEvent = { type: 'person.joined', data: anna }
    const once = receive(team, event, 5)
    expect(receive(once, event, 5)).toBe(once)
  })

  it('keeps the name of somebody whose access was removed', () => {
    const removed: Person = { ...bob, active: false }
    const after = foldPeople(team, { type: 'person.updated', data: removed }, 5)
    expect(after.people).toEqual([alice, removed])
  })

  it('orders people of one name by id, so that every screen agrees', () => {
    const namesake = { ...bob, id: '01900000-0000-7000-8000-00000000000f' }
    expect([namesake, bob].toSorted(byNameThenId)).toEqual([bob, namesake])
    expect([bob, namesake].toSorted(byNameThenId)).toEqual([bob, namesake])
  })
})
