import type { Channel } from '@conclave/shared/channels'
import { RoomEvent } from '@conclave/shared/events'
import type { MessagePage } from '@conclave/shared/messages'
import type { HeldPeople } from '@conclave/shared/people.fold'
import type { Rooms } from '@conclave/shared/rooms'
import { ALICE, BOB, GENERAL, NOON } from '@conclave/shared/examples'
import { QueryClient } from '@tanstack/query-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { membersKey } from '../keys/members.keys.ts'
import { messagesKey } from '../keys/messages.keys.ts'
import { PEOPLE_KEY } from '../keys/people.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { createPeopleLoader } from '../people/people-loader.ts'
import { DESIGN, heldAt, member, message, page, person, room, roomsAt } from './replica.examples.ts'
import { roomsBehind } from './behind.ts'
import { createReplica, type Replica } from './replica.ts'
import type { Outcome } from './dispatch.ts'
import type { Target } from './my-streams.ts'

const IN_GENERAL: Channel = { kind: 'room', roomId: GENERAL, epoch: 3 }
const TO_TEAM: Channel = { kind: 'team', epoch: 2 }
const TO_ALICE: Channel = { kind: 'person', personId: ALICE, epoch: 1 }

let queryClient: QueryClient
let resyncs: Target[]
let replica: Replica

beforeEach(() => {
  queryClient = new QueryClient()
  resyncs = []
  replica = createReplica({
    queryClient,
    call,
    people: createPeopleLoader({ call, queryClient }),
    environment: nodeEnvironment,
    myId: ALICE,
    resync: (target) => resyncs.push(target),
  })
  queryClient.setQueryData<Rooms>(ROOMS_KEY, roomsAt(5, room()))
  queryClient.setQueryData<HeldPeople>(
    PEOPLE_KEY,
    heldAt(7, person(ALICE, 'Alice'), person(BOB, 'Bob')),
  )
  queryClient.setQueryData<MessagePage>(messagesKey(GENERAL), page(message(1)))
  queryClient.setQueryData(membersKey(GENERAL), 'the list as it was fetched')
})

describe('an event that is exactly next', () => {
  test('a message reaches the page and the room', () => {
    dispatch(IN_GENERAL, inGeneral(2, 'message.posted', message(2)))
    expect(texts()).toEqual(['message 1', 'message 2'])
    expect(rooms().rooms[0]).toMatchObject({ rev: 2, lastSeq: 2, readSeq: 1 })
    expect(resyncs).toEqual([])
  })

  test('of a newer server is read, and its unknown fields are kept', () => {
    const newer = { ...message(2), mood: 'bright' }
    dispatch(IN_GENERAL, { ...inGeneral(2, 'message.posted', newer), trace: 'new' })
    expect(resyncs).toEqual([])
    expect(queryClient.getQueryData<MessagePage>(messagesKey(GENERAL))?.messages.at(-1)).toEqual(
      newer,
    )
  })

  test('what I post elsewhere leaves nothing unread, unless something before it is', () => {
    dispatch(IN_GENERAL, inGeneral(2, 'message.posted', message(2, { authorId: ALICE })))
    expect(rooms().rooms[0]).toMatchObject({ lastSeq: 2, readSeq: 2 })
    dispatch(IN_GENERAL, inGeneral(3, 'message.posted', message(3)))
    dispatch(IN_GENERAL, inGeneral(4, 'message.posted', message(4, { authorId: ALICE })))
    expect(rooms().rooms[0]).toMatchObject({ lastSeq: 4, readSeq: 2 })
  })

  test('a member who comes, changes or leaves moves the room’s count, and when its members last changed', () => {
    dispatch(IN_GENERAL, inGeneral(2, 'member.joined', member(BOB)))
    expect(rooms().rooms[0]).toMatchObject({ memberCount: 3, membersRev: 2 })
    dispatch(IN_GENERAL, inGeneral(3, 'member.updated', { ...member(BOB), role: 'moderator' }))
    expect(rooms().rooms[0]).toMatchObject({ memberCount: 3, membersRev: 3 })
    dispatch(IN_GENERAL, inGeneral(4, 'member.left', { personId: BOB }))
    expect(rooms().rooms[0]).toMatchObject({ memberCount: 2, membersRev: 4 })
    expect(queryClient.getQueryData<MessagePage>(messagesKey(GENERAL))?.rev).toBe(4)
  })

  test.each(['person.joined', 'person.updated'])('%s reaches whoever is held', (type) => {
    dispatch(TO_TEAM, toTeam(8, type, person(BOB, 'Robert')))
    dispatch(TO_TEAM, toTeam(9, type, person(DESIGN, 'Somebody else')))
    expect(names()).toEqual(['Alice', 'Robert'])
    expect(people().rev).toBe(9)
  })

  test('who comes and goes online reaches them, in one event', () => {
    dispatch(TO_TEAM, toTeam(8, 'presence.updated', { online: [], offline: [ALICE, DESIGN] }))
    expect(people().byId.get(ALICE)?.person?.online).toBe(false)
    expect(people().byId.get(BOB)?.person?.online).toBe(true)
    expect(people().byId.size).toBe(2)
  })

  test('a room I joined and a read elsewhere reach my rooms', () => {
    dispatch(TO_ALICE, toAlice(6, 'room.joined', room({ id: DESIGN, lastSeq: 4, readSeq: 0 })))
    dispatch(TO_ALICE, toAlice(7, 'read.moved', { roomId: DESIGN, readSeq: 4 }))
    expect(rooms().rooms.find(({ id }) => id === DESIGN)?.readSeq).toBe(4)
    expect(resyncs).toEqual([])
  })

  test('a room I was taken out of is removed, with its messages and members', () => {
    dispatch(TO_ALICE, toAlice(6, 'room.left', { roomId: GENERAL }))
    expect(rooms().rooms).toEqual([])
    expect(queryClient.getQueryData(messagesKey(GENERAL))).toBeUndefined()
    expect(queryClient.getQueryData(membersKey(GENERAL))).toBeUndefined()
  })

  test('a rekey moves the room and the team to their next epochs', () => {
    const moved = { rooms: [{ roomId: GENERAL, epoch: 4 }], team: 3 }
    dispatch(TO_ALICE, toAlice(6, 'rekeyed', moved))
    expect(rooms()).toMatchObject({ rev: 6, teamEpoch: 3, rooms: [{ id: GENERAL, epoch: 4 }] })
  })

  test('a room without a loaded page still counts its messages', () => {
    queryClient.removeQueries({ queryKey: messagesKey(GENERAL) })
    dispatch(IN_GENERAL, inGeneral(2, 'message.posted', message(2)))
    expect(rooms().rooms[0]?.lastSeq).toBe(2)
  })
})

describe('an event that is not next', () => {
  test('a repeated one is dropped, and nothing is fetched', () => {
    dispatch(IN_GENERAL, inGeneral(1, 'message.posted', message(1, { text: 'again' })))
    expect(texts()).toEqual(['message 1'])
    expect(resyncs).toEqual([])
  })

  test('after a gap the room is fetched, and nothing is shown out of order', () => {
    dispatch(IN_GENERAL, inGeneral(3, 'message.posted', message(3)))
    expect(texts()).toEqual(['message 1'])
    expect(resyncs).toEqual([`room:${GENERAL}`])
  })

  test('a gap in my notices fetches my rooms, one in the team the people', () => {
    dispatch(TO_ALICE, toAlice(9, 'read.moved', { roomId: GENERAL, readSeq: 1 }))
    dispatch(TO_TEAM, toTeam(10, 'person.joined', person(BOB, 'Bob')))
    expect(resyncs).toEqual(['person', 'team'])
  })

  test('one too large to travel, or of a later version, is fetched', () => {
    dispatch(IN_GENERAL, inGeneral(2, 'changed', { id: message(2).id }))
    dispatch(IN_GENERAL, inGeneral(2, 'message.danced', {}))
    expect(resyncs).toEqual([`room:${GENERAL}`, `room:${GENERAL}`])
  })

  test('one of a later version moves the room on, and its messages are behind', () => {
    expect(dispatch(IN_GENERAL, inGeneral(2, 'message.danced', {}))).toBe('unknown')
    expect(rooms().rooms[0]).toEqual(room({ rev: 2 }))
    expect(roomsBehind(queryClient)).toEqual([GENERAL])
    expect(texts()).toEqual(['message 1'])
    expect(resyncs).toEqual([`room:${GENERAL}`])
  })

  test('after one of a later version nothing is folded into the room until it is fetched', () => {
    dispatch(IN_GENERAL, inGeneral(2, 'message.danced', {}))
    expect(dispatch(IN_GENERAL, inGeneral(3, 'message.posted', message(2, { rev: 3 })))).toBe('gap')
    expect(rooms().rooms[0]).toEqual(room({ rev: 2 }))
    expect(resyncs).toEqual([`room:${GENERAL}`, `room:${GENERAL}`])
  })

  test('one of a later version far ahead moves nothing', () => {
    dispatch(IN_GENERAL, inGeneral(9, 'message.danced', {}))
    expect(rooms().rooms[0]).toEqual(room())
    expect(resyncs).toEqual([`room:${GENERAL}`])
  })

  test('one of a later version to me or to the team fetches the lists', () => {
    dispatch(TO_ALICE, toAlice(6, 'room.painted', {}))
    dispatch(TO_TEAM, toTeam(8, 'person.danced', {}))
    expect(resyncs).toEqual(['person', 'team'])
  })

  test('a large one that was fetched already is not fetched again', () => {
    dispatch(IN_GENERAL, inGeneral(1, 'changed', { id: message(1).id }))
    expect(resyncs).toEqual([])
  })
})

describe('an event that does not belong to its channel', () => {
  const forged = message(2, { text: 'forged' })
  test.each([
    ['another room', { ...inGeneral(2, 'message.posted', forged), room: DESIGN }],
    ['another epoch', { ...inGeneral(2, 'message.posted', forged), epoch: 4 }],
    ['a message of another room', inGeneral(2, 'message.posted', { ...forged, roomId: DESIGN })],
    ['a message of another revision', inGeneral(2, 'message.posted', { ...forged, rev: 3 })],
    ['an old sequence', inGeneral(2, 'message.posted', { ...forged, seq: 1 })],
    [
      'new words for an old message',
      inGeneral(2, 'message.posted', { ...forged, id: message(1).id, seq: 1 }),
    ],
    ['a sequence far ahead', inGeneral(2, 'message.posted', { ...forged, seq: 9 })],
    ['a message without an author', inGeneral(2, 'message.posted', { ...forged, authorId: '' })],
    ['another version', { ...inGeneral(2, 'message.posted', forged), v: 2 }],
    ['a field of the wrong kind', inGeneral(2, 'message.posted', { ...forged, text: 1 })],
    ['no object', 'event'],
  ])('%s: dropped, and the room is fetched', (_, wire) => {
    dispatch(IN_GENERAL, wire)
    expect(texts()).toEqual(['message 1'])
    expect(rooms().rooms[0]?.rev).toBe(1)
    expect(resyncs).toEqual([`room:${GENERAL}`])
  })

  const changed = message(1, { rev: 2, text: 'forged', editedAt: NOON })
  test.each([
    ['in another room', { ...changed, roomId: DESIGN }],
    ['of another revision', { ...changed, rev: 3 }],
    ['of somebody else', { ...changed, authorId: ALICE }],
    ['posted at another time', { ...changed, createdAt: '2026-11-02T12:00:09.000Z' }],
    ['with another id', { ...changed, id: message(99).id }],
    ['at another sequence', { ...changed, seq: 2 }],
    ['that was never said, in the place of one that was', message(99, { rev: 2, seq: 1 })],
    ['without a text', { ...changed, text: undefined }],
    ['with another text, and not edited', { ...changed, editedAt: undefined }],
    ['removed, with a text', { ...changed, removed: { at: NOON, by: 'author' } }],
  ])('a changed message %s: dropped, and the room is fetched', (_, data) => {
    expect(dispatch(IN_GENERAL, inGeneral(2, 'message.changed', data))).toBe('refused')
    expect(texts()).toEqual(['message 1'])
    expect(rooms().rooms[0]).toEqual(room())
    expect(resyncs).toEqual([`room:${GENERAL}`])
  })

  test.each([['message.posted'], ['message.changed']])(
    '%s of a message beyond the next is dropped, and the room is fetched for those in between',
    (type) => {
      dispatch(IN_GENERAL, inGeneral(2, 'message.superseded', {}))
      expect(dispatch(IN_GENERAL, inGeneral(3, type, message(3, { rev: 3 })))).toBe('gap')
      expect(texts()).toEqual(['message 1'])
      expect(rooms().rooms[0]).toEqual(room({ rev: 2 }))
      expect(resyncs).toEqual([`room:${GENERAL}`])
    },
  )

  test('a true change of a message is shown, and so is one of a message that is new here', () => {
    dispatch(IN_GENERAL, inGeneral(2, 'message.changed', { ...changed, text: 'said better' }))
    dispatch(IN_GENERAL, inGeneral(3, 'message.changed', message(2, { rev: 3 })))
    expect(texts()).toEqual(['said better', 'message 2'])
    expect(rooms().rooms[0]).toMatchObject({ rev: 3, lastSeq: 2 })
    expect(resyncs).toEqual([])
  })

  test('C9: a removed message stays removed', () => {
    const removed = message(1, { rev: 2, text: '', removed: { at: NOON, by: 'author' } })
    expect(dispatch(IN_GENERAL, inGeneral(2, 'message.changed', removed))).toBe('folded')
    const back = { ...changed, rev: 3 }
    for (const lie of [back, { ...removed, ...back }, { ...removed, rev: 3 }])
      expect(dispatch(IN_GENERAL, inGeneral(3, 'message.changed', lie))).toBe('refused')
    expect(texts()).toEqual([''])
    expect(dispatch(IN_GENERAL, inGeneral(3, 'message.posted', message(2, { rev: 3 })))).toBe(
      'folded',
    )
  })

  test('a forged message is refused by a page that is behind its room', () => {
    queryClient.setQueryData<Rooms>(ROOMS_KEY, roomsAt(5, room({ rev: 4, lastSeq: 4 })))
    dispatch(IN_GENERAL, inGeneral(2, 'message.posted', message(99, { rev: 2, seq: 1 })))
    dispatch(IN_GENERAL, inGeneral(2, 'message.posted', message(99, { rev: 2, seq: 4 })))
    expect(texts()).toEqual(['message 1'])
    expect(resyncs).toEqual([`room:${GENERAL}`, `room:${GENERAL}`])
  })

  // From the contract, so that a new event is tested too.
  const ofMessages = RoomEvent.anyOf.filter(({ properties: { data } }) => 'seq' in data.properties)
  test.each(ofMessages.map(({ properties }) => properties.type.const))(
    '%s cannot replace a message, or add one to another room or beyond the next',
    (type) => {
      for (const lie of [{ seq: 1 }, { roomId: DESIGN }, { rev: 3 }])
        expect(dispatch(IN_GENERAL, inGeneral(2, type, { ...forged, ...lie }))).toBe('refused')
      expect(dispatch(IN_GENERAL, inGeneral(2, type, { ...forged, seq: 9 }))).toBe('gap')
      expect(texts()).toEqual(['message 1'])
      expect(dispatch(IN_GENERAL, inGeneral(2, type, message(2)))).toBe('folded')
    },
  )

  test('an event on the old channel of a room is refused after a rekey', () => {
    queryClient.setQueryData<Rooms>(ROOMS_KEY, roomsAt(5, room({ epoch: 4 })))
    dispatch(IN_GENERAL, inGeneral(2, 'message.posted', forged))
    expect(texts()).toEqual(['message 1'])
  })

  test("somebody else's notice and another team's event are dropped", () => {
    dispatch(TO_ALICE, {
      ...toAlice(6, 'read.moved', { roomId: GENERAL, readSeq: 1 }),
      person: BOB,
    })
    dispatch(TO_TEAM, { ...toTeam(8, 'person.joined', person(BOB, 'Bob')), epoch: 1 })
    expect(rooms().rev).toBe(5)
    expect(people().rev).toBe(7)
    expect(resyncs).toEqual(['person', 'team'])
  })

  test('an event on an old channel of mine or of the team is dropped after a rekey', () => {
    queryClient.setQueryData<Rooms>(ROOMS_KEY, { ...roomsAt(5, room()), epoch: 2, teamEpoch: 3 })
    dispatch(TO_ALICE, toAlice(6, 'room.left', { roomId: GENERAL }))
    dispatch(TO_TEAM, toTeam(8, 'person.joined', person(BOB, 'Bob')))
    expect(rooms().rooms).toHaveLength(1)
    expect(people().rev).toBe(7)
    expect(resyncs).toEqual(['person', 'team'])
  })

  test('an event of a room I do not know fetches my rooms', () => {
    dispatch({ ...IN_GENERAL, roomId: DESIGN }, inGeneral(2, 'message.posted', forged))
    expect(resyncs).toEqual(['person'])
  })
})

function inGeneral(rev: number, type: string, data: unknown) {
  return { v: 1, room: GENERAL, epoch: 3, rev, type, at: NOON, data }
}

function toTeam(rev: number, type: string, data: unknown) {
  return { v: 1, team: true, epoch: 2, rev, type, at: NOON, data }
}

function toAlice(rev: number, type: string, data: unknown) {
  return { v: 1, person: ALICE, epoch: 1, rev, type, at: NOON, data }
}

function texts() {
  return queryClient
    .getQueryData<MessagePage>(messagesKey(GENERAL))
    ?.messages.map(({ text }) => text)
}

function rooms() {
  return queryClient.getQueryData<Rooms>(ROOMS_KEY)!
}

function people() {
  return queryClient.getQueryData<HeldPeople>(PEOPLE_KEY)!
}

function names() {
  return Array.from(people().byId.values(), ({ person }) => person?.name)
}

function call(): Promise<never> {
  return Promise.reject(new Error('An event asks nothing by itself'))
}

function dispatch(channel: Channel, wire: unknown): Outcome | undefined {
  return replica.receive([{ channel, wire }])[0]
}
