import { describe, expect, it } from 'vitest'
import { follow, type RoomEvent } from './events.ts'
import { BOB } from './examples.ts'
import { memberAlice, memberBob, members } from './members.examples.ts'
import { foldMembers, withMember } from './members.fold.ts'
import type { Members } from './members.ts'
import { MESSAGE_EVENTS } from './messages.examples.ts'

const both: Members = { members: [memberAlice, memberBob], rev: 5 }
const joined: RoomEvent = { type: 'member.joined', data: memberBob }

function receive(state: Members, event: RoomEvent, rev: number): Members {
  return follow(state.rev, rev) === 'next' ? foldMembers(state, event, rev) : state
}

describe('the members of a room', () => {
  it('include somebody who joins', () => {
    expect(foldMembers(members, joined, 6)).toEqual({ members: [memberAlice, memberBob], rev: 6 })
  })

  it('are the same after an event that arrives twice', () => {
    const once = receive(members, joined, 6)
    expect(receive(once, joined, 6)).toBe(once)
  })

  it.each(MESSAGE_EVENTS)('do not change at $type', (event) => {
    expect(foldMembers(members, event, 6)).toEqual({ ...members, rev: 6 })
  })

  it('are in one order, whatever the order of the events', () => {
    const oneWay = withMember(withMember([], memberBob), memberAlice)
    const other = withMember(withMember([], memberAlice), memberBob)
    expect(oneWay).toEqual(other)
    expect(oneWay).toEqual([memberAlice, memberBob])
  })

  it('that joined in the same millisecond are ordered by id', () => {
    const twin = { ...memberBob, joinedAt: memberAlice.joinedAt }
    expect(withMember([twin], memberAlice)).toEqual([memberAlice, twin])
  })

  it('are listed once, in their latest state', () => {
    const moderator = { ...memberBob, role: 'moderator' as const }
    const updated: RoomEvent = { type: 'member.updated', data: moderator }
    expect(foldMembers(both, updated, 6)).toEqual({ members: [memberAlice, moderator], rev: 6 })
  })

  it('do not include somebody who left, and do not change when a stranger leaves', () => {
    const left: RoomEvent = { type: 'member.left', data: { personId: BOB } }
    expect(foldMembers(both, left, 6)).toEqual({ members: [memberAlice], rev: 6 })
    expect(foldMembers(members, left, 6)).toEqual({ members: [memberAlice], rev: 6 })
  })
})
