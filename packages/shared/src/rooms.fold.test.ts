import { describe, expect, it } from 'vitest'
import { follow, type PersonEvent } from './events.ts'
import { ALICE, BOB, GENERAL } from './examples.ts'
import { MEMBER_EVENTS } from './members.examples.ts'
import { messageAt } from './messages.examples.ts'
import { aliceAndBob, general, rooms } from './rooms.examples.ts'
import { foldRoom, foldRooms } from './rooms.fold.ts'
import type { Room, Rooms } from './rooms.ts'
import { withRead } from './unread.ts'

function receive(state: Rooms, event: PersonEvent, rev: number): Rooms {
  return follow(state.rev, rev) === 'next' ? foldRooms(state, event, rev) : state
}

function readTo(readSeq: number): PersonEvent {
  return { type: 'read.moved', data: { roomId: GENERAL, readSeq } }
}

function rekeyed(epoch: number, team: number | null): PersonEvent {
  return { type: 'rekeyed', data: { rooms: [{ roomId: GENERAL, epoch }], team } }
}

describe('my rooms', () => {
  const joined: PersonEvent = { type: 'room.joined', data: aliceAndBob }

  it('include a room I have joined', () => {
    expect(foldRooms(rooms, joined, 8)).toEqual({ ...rooms, rev: 8, rooms: [general, aliceAndBob] })
  })

  it('are the same after a notice that arrives twice', () => {
    const once = receive(rooms, joined, 8)
    expect(receive(once, joined, 8)).toBe(once)
  })

  it('list a room once, in its latest state', () => {
    const news: PersonEvent = { type: 'room.joined', data: { ...general, role: 'owner' } }
    expect(foldRooms(rooms, news, 8).rooms).toEqual([{ ...general, role: 'owner' }])
  })

  it('do not fold a notice after a gap', () => {
    expect(receive(rooms, joined, 9)).toBe(rooms)
  })

  it('have how far I have read, in any window', () => {
    expect(foldRooms(rooms, readTo(2), 8).rooms[0]?.readSeq).toBe(2)
  })

  it('never count as unread again what I have read', () => {
    expect(foldRooms(rooms, readTo(0), 8).rooms[0]?.readSeq).toBe(general.readSeq)
  })

  it('have a position that I set back, and none of before it', () => {
    const position = { roomId: GENERAL, readSeq: 0, readVersion: 8 }
    const set = foldRooms(rooms, { type: 'reads.set', data: { rooms: [position] } }, 8)
    expect(set.rooms[0]).toMatchObject({ readSeq: 0, readVersion: 8 })
    expect(foldRooms(set, readTo(2), 9).rooms[0]).toBe(set.rooms[0])
  })

  it('do not include a room that I left', () => {
    const left: PersonEvent = { type: 'room.left', data: { roomId: GENERAL } }
    expect(foldRooms(rooms, left, 8)).toEqual({ ...rooms, rev: 8, rooms: [] })
  })

  it('have my role', () => {
    const changed: PersonEvent = {
      type: 'role.changed',
      data: { roomId: GENERAL, role: 'moderator' },
    }
    expect(foldRooms(rooms, changed, 8).rooms).toEqual([{ ...general, role: 'moderator' }])
  })

  it('move to the new channels, and never back to an old one', () => {
    const moved = foldRooms(rooms, rekeyed(3, 4), 8)
    expect(moved).toEqual({ ...rooms, rev: 8, teamEpoch: 4, rooms: [{ ...general, epoch: 3 }] })
    expect(foldRooms(moved, rekeyed(2, null), 9)).toEqual({ ...moved, rev: 9 })
  })

  it('count a notice about a room that is not in the list', () => {
    expect(foldRooms({ ...rooms, rooms: [] }, readTo(2), 8)).toEqual({
      ...rooms,
      rooms: [],
      rev: 8,
    })
  })
})

describe('one room', () => {
  it('has a higher seq and revision after a message', () => {
    const event = { type: 'message.posted', data: messageAt(3, 6) } as const
    expect(foldRoom(general, event, 6, BOB)).toMatchObject({ rev: 6, lastSeq: 3, readSeq: 1 })
  })

  it('is read up to what I post myself, unless something before it is not', () => {
    const old = withoutCounts(general)
    for (const unread of [general, old]) {
      const read = withRead(unread, { readSeq: 2 })
      const mine = { type: 'message.posted', data: messageAt(3, 6, { authorId: ALICE }) } as const
      expect(foldRoom(read, mine, 6, ALICE)).toMatchObject({ rev: 6, lastSeq: 3, readSeq: 3 })
      expect(foldRoom(read, mine, 6, BOB)).toMatchObject({ rev: 6, lastSeq: 3, readSeq: 2 })
      expect(foldRoom(unread, mine, 6, ALICE)).toMatchObject({ rev: 6, lastSeq: 3, readSeq: 1 })
    }
  })

  it('has its settings, and nothing else that an event of them brings along', () => {
    const data = { notifyAll: 'moderators', role: 'owner', lastSeq: 9 } as const
    const after = { ...general, rev: 6, notifyAll: 'moderators' }
    expect(foldRoom(general, { type: 'room.updated', data }, 6, ALICE)).toEqual(after)
  })

  it.each([
    ['member.joined', 3],
    ['member.updated', 2],
    ['member.left', 1],
  ])('has %s counted, and no more messages than before', (type, memberCount) => {
    const event = MEMBER_EVENTS.find((one) => one.type === type)!
    const after = { ...general, rev: 6, membersRev: 6, memberCount }
    expect(foldRoom(general, event, 6, ALICE)).toEqual(after)
  })
})

/** As an older server answers it. */
function withoutCounts(room: Room): Room {
  const { unread: _unread, mentions: _mentions, readVersion: _version, ...rest } = room
  return rest
}
