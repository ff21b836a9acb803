import { follow, type RoomEvent } from '@conclave/shared/events'
import { addMember, removeMember } from '@conclave/shared/members'
import { listMessages, type Message } from '@conclave/shared/messages'
import {
  getRoom,
  listRooms,
  lookAtRooms,
  moveRead,
  type Room,
  type Rooms,
} from '@conclave/shared/rooms'
import { openDirect } from '@conclave/shared/rooms.create'
import { foldRoom, foldRooms } from '@conclave/shared/rooms.fold'
import { setReads } from '@conclave/shared/rooms.reads'
import { isComplete } from '@conclave/shared/unread'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { published } from '../../../test/data-envelopes.ts'
import { everyRoom } from '../../../test/data-lists.ts'
import { arrive, type Colleague, refusal } from '../../../test/data-people.ts'
import { edit, NOWHERE, remove, roomOf, say, sayMany } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

let harness: Harness
let alice: Colleague
let bob: Colleague
let carol: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two, three, four] = await arrive(harness, ['alice', 'bob', 'carol', 'mallory'])
  alice = one!
  bob = two!
  carol = three!
  mallory = four!
})
afterAll(async () => harness.close())

/** A room of Bob's with Alice in it, before anything is said. */
async function aRoom(): Promise<string> {
  return (await roomOf(bob, 'closed', [alice])).id
}

async function roomOfAlice(roomId: string): Promise<Room> {
  const { named: _, ...room } = await alice.call(getRoom, { params: { roomId } })
  return room
}

async function read(roomId: string, seq: number, readVersion?: number): Promise<number> {
  const body = { seq, ...(readVersion === undefined ? {} : { readVersion }) }
  return (await alice.call(moveRead, { params: { roomId }, body })).readSeq
}

async function set(roomId: string, seq: number, who = alice) {
  return (await who.call(setReads, { body: { rooms: [{ roomId, seq }] } })).rooms
}

function mention({ id }: Colleague, text = 'look at this'): string {
  return `<@${id}> ${text}`
}

describe('E9: alice', () => {
  test('has what others said unread, without what was removed, what the system said and her own', async () => {
    const roomId = await aRoom()
    await sayMany(bob, roomId, 3)
    const removed = await say(bob, roomId, 'Never mind')
    await remove(bob, removed)
    await say(alice, roomId, 'Hello')
    await bob.call(addMember, { params: { roomId }, body: { personId: carol.id } })
    await say(carol, roomId, 'Hi')
    expect(await roomOfAlice(roomId)).toMatchObject({
      lastSeq: 7,
      readSeq: 0,
      unread: {
        runs: [
          [1, 3],
          [7, 7],
        ],
        upTo: 7,
      },
    })
    await read(roomId, 3)
    expect(await roomOfAlice(roomId)).toMatchObject({ readSeq: 6, unread: { runs: [[7, 7]] } })
    await remove(carol, (await lastOf(roomId))!)
    expect(await roomOfAlice(roomId)).toMatchObject({ readSeq: 7, unread: { runs: [], upTo: 7 } })
  })

  test('is mentioned by name and with everybody, once for each message, and not by what she says herself', async () => {
    const roomId = await aRoom()
    await say(bob, roomId, 'Hello')
    const named = await say(bob, roomId, mention(alice))
    await say(bob, roomId, `<!room> and ${mention(alice)}`)
    await say(alice, roomId, '<!here> hello')
    await say(bob, roomId, mention(bob))
    expect(await roomOfAlice(roomId)).toMatchObject({ mentions: { seqs: [2, 3], upTo: 5 } })
    await edit(bob, named, 'look at this')
    expect(await roomOfAlice(roomId)).toMatchObject({ mentions: { seqs: [3], upTo: 5 } })
    await edit(bob, named, mention(alice))
    await remove(bob, (await atSeq(roomId, 3))!)
    expect(await roomOfAlice(roomId)).toMatchObject({ mentions: { seqs: [2], upTo: 5 } })
    await read(roomId, 2)
    expect(await roomOfAlice(roomId)).toMatchObject({ mentions: { seqs: [], upTo: 5 } })
  })

  test('is told of the first hundred and of the first twenty mentions, and how far that is all', async () => {
    const roomId = await aRoom()
    const texts = Array.from({ length: 110 }, (_, nth) => (nth < 25 ? '<!room>' : 'Hello'))
    await Promise.all(texts.slice(0, 25).map(async (text) => say(bob, roomId, text)))
    await Promise.all(texts.slice(25).map(async (text) => say(bob, roomId, text)))
    expect(await roomOfAlice(roomId)).toMatchObject({
      lastSeq: 110,
      unread: { runs: [[1, 100]], upTo: 100 },
      mentions: { seqs: expect.objectContaining({ length: 20 }), upTo: 20 },
    })
  })

  test('has nothing unread in a room that she comes back to, nor what mentioned her before', async () => {
    const roomId = await aRoom()
    await say(bob, roomId, mention(alice))
    const params = { roomId, personId: alice.id }
    await alice.call(removeMember, { params })
    await say(bob, roomId, '<!room>')
    await bob.call(addMember, { params: { roomId }, body: { personId: alice.id } })
    expect(await roomOfAlice(roomId)).toMatchObject({
      lastSeq: 4,
      readSeq: 4,
      unread: { runs: [] },
      mentions: { seqs: [] },
    })
  })

  test('has nothing unread where only she writes, however much', async () => {
    const { id } = await alice.call(openDirect, { body: { people: [alice.id] } })
    await sayMany(alice, id, 3)
    expect(await roomOfAlice(id)).toMatchObject({ lastSeq: 3, readSeq: 3 })
  })

  test('is told the same by the list, by a look and for one room', async () => {
    const roomId = await aRoom()
    await say(bob, roomId, mention(alice))
    const room = await roomOfAlice(roomId)
    const { buckets } = await alice.call(lookAtRooms, {})
    const { rooms } = await alice.call(listRooms, {})
    for (const all of [rooms, buckets.flatMap((bucket) => bucket.rooms)])
      expect(all.find(({ id }) => id === roomId)).toEqual(room)
  })
})

describe('E16: alice', () => {
  test('sets her position back, and it stays until it is moved by somebody who knows of that', async () => {
    const roomId = await aRoom()
    await sayMany(bob, roomId, 6)
    const before = (await roomOfAlice(roomId)).readVersion!
    expect(await read(roomId, 6, before)).toBe(6)
    const [position] = await set(roomId, 3)
    expect(position).toEqual({ roomId, readSeq: 3, readVersion: expect.any(Number) })
    const { readVersion } = position!
    expect(readVersion).toBeGreaterThan(before)
    expect(await read(roomId, 6, before)).toBe(3)
    expect(await roomOfAlice(roomId)).toMatchObject({ readSeq: 3, readVersion })
    expect(await read(roomId, 5, readVersion)).toBe(5)
    // A page of an earlier release says nothing of it.
    expect(await read(roomId, 6)).toBe(6)
  })

  test('sets positions of hers only, of rooms that she is in, and not past the end', async () => {
    const [mine, theirs] = [await aRoom(), (await roomOf(bob, 'closed', [carol])).id]
    await sayMany(bob, mine, 2)
    await sayMany(bob, theirs, 2)
    const rooms = [mine, theirs, NOWHERE].map((roomId) => ({ roomId, seq: 1_000 }))
    const { rooms: done } = await alice.call(setReads, { body: { rooms } })
    expect(done).toMatchObject([{ roomId: mine, readSeq: 2 }])
    expect(await carol.call(getRoom, { params: { roomId: theirs } })).toMatchObject({ readSeq: 0 })
    expect(await set(mine, 1, mallory)).toEqual([])
    expect(await roomOfAlice(mine)).toMatchObject({ readSeq: 2 })
    const both = { rooms: [2, 0].map((seq) => ({ roomId: mine, seq })) }
    expect((await alice.call(setReads, { body: both })).rooms).toMatchObject([{ readSeq: 0 }])
    const read = { params: { roomId: mine }, body: { seq: 1 } }
    expect(await refusal(mallory.call(moveRead, read))).toBe('room-not-found')
  })

  test('has one position after many were set at once, and no request that fails', async () => {
    const roomIds = [await aRoom(), await aRoom()]
    for (const roomId of roomIds) await sayMany(bob, roomId, 3)
    const old = await everyRoom(alice)
    await Promise.all(
      [1, 2, 3, 4, 1, 2, 3, 4].map(async (seq, nth) => {
        const ids = nth % 2 ? roomIds : roomIds.toReversed()
        await alice.call(setReads, { body: { rooms: ids.map((roomId) => ({ roomId, seq })) } })
        await read(roomIds[0]!, 4)
      }),
    )
    const now = await everyRoom(alice)
    for (const roomId of roomIds) {
      const folded = (await foldedFrom(old, roomId)).room
      const room = now.rooms.find(({ id }) => id === roomId)!
      expect(folded).toMatchObject({ readSeq: room.readSeq, readVersion: room.readVersion })
    }
  })
})

/** What can happen in a room, by numbers that choose whom and what. */
const HAPPENINGS = [
  'say',
  'say',
  'say mine',
  'mention',
  'everybody',
  'edit',
  'remove',
  'read',
  'set',
  'member',
  'rejoin',
] as const

test('E8, E9: whatever happens in a room, its folded line is the one that is fetched', async () => {
  const step = fc.tuple(fc.constantFrom(...HAPPENINGS), fc.nat({ max: 20 }))
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const roomId = await aRoom()
      const old = await everyRoom(alice)
      for (const [kind, number] of steps) await happen(roomId, kind, number)
      const { room, wasSetBack } = await foldedFrom(old, roomId)
      const fetched = await roomOfAlice(roomId)
      if (!wasSetBack) expect(isComplete(room)).toBe(true)
      if (isComplete(room)) expect(room).toEqual(fetched)
      expect(fetched.lastSeq > fetched.readSeq).toBe((await unreadBySql(roomId)) > 0)
    }),
    { numRuns: 6 },
  )
}, 120_000)

async function happen(roomId: string, kind: (typeof HAPPENINGS)[number], number: number) {
  const { lastSeq, readVersion } = await roomOfAlice(roomId)
  const some = await atSeq(roomId, 1 + (number % Math.max(1, lastSeq)))
  const mayChange = some?.authorId === bob.id && !some.removed && !some.line
  const params = { roomId, personId: alice.id }
  switch (kind) {
    case 'say':
      return say(bob, roomId, 'Hello')
    case 'say mine':
      return say(alice, roomId, 'Hello')
    case 'mention':
      return say(bob, roomId, mention(alice))
    case 'everybody':
      return say(bob, roomId, '<!room>')
    case 'edit':
      return mayChange && edit(bob, some, number % 2 ? mention(alice) : `${number}`)
    case 'remove':
      return mayChange && remove(bob, some)
    case 'read':
      return read(roomId, number % (lastSeq + 1), readVersion)
    case 'set':
      return set(roomId, number % (lastSeq + 1))
    case 'member':
      return bob.call(addMember, { params: { roomId }, body: { personId: carol.id } })
    case 'rejoin':
      await alice.call(removeMember, { params })
      return bob.call(addMember, { params: { roomId }, body: { personId: alice.id } })
  }
}

/** A room of Alice's by an old list and what was published to her since, in the broker's order. */
async function foldedFrom(old: Rooms, roomId: string) {
  let list: Rooms = old
  let wasSetBack = false
  for (const { envelope } of await published(harness)) {
    const { type, data, rev } = envelope
    const room = list.rooms.find(({ id }) => id === roomId)
    if ('person' in envelope && envelope.person === alice.id) {
      if (follow(list.rev, rev) !== 'next') continue
      list = foldRooms(list, { type, data } as never, rev)
      wasSetBack ||= type === 'reads.set'
    } else if ('room' in envelope && envelope.room === roomId && room) {
      if (follow(room.rev, rev) !== 'next') continue
      const folded = foldRoom(room, { type, data } as RoomEvent, rev, alice.id)
      list = { ...list, rooms: list.rooms.map((other) => (other === room ? folded : other)) }
    }
  }
  return { room: list.rooms.find(({ id }) => id === roomId)!, wasSetBack }
}

async function unreadBySql(roomId: string): Promise<number> {
  const [row] = await harness.sql<{ count: number }[]>`
    select count(*) from messages m
    join memberships mine on mine.room_id = m.room_id and mine.person_id = ${alice.id}
    where m.room_id = ${roomId} and m.seq > mine.read_seq and m.author_id <> ${alice.id}
      and m.removed_at is null and m.line is null`
  return row!.count
}

async function atSeq(roomId: string, seq: number): Promise<Message | undefined> {
  const { messages } = await bob.call(listMessages, { params: { roomId }, query: { limit: '100' } })
  return messages.find((message) => message.seq === seq)
}

async function lastOf(roomId: string): Promise<Message | undefined> {
  const { messages } = await bob.call(listMessages, { params: { roomId }, query: {} })
  return messages.at(-1)
}
