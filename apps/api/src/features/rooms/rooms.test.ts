import { addMember } from '@conclave/shared/members'
import { getRoom, listDirectory, listRooms, moveRead, type Room } from '@conclave/shared/rooms'
import { createRoom, openDirect, ROOM_NAME_MAX_CHARS } from '@conclave/shared/rooms.create'
import { foldRooms } from '@conclave/shared/rooms.fold'
import { toName } from '@conclave/shared/names'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  folded,
  foldRoomOf,
  publishedToPerson,
  publishedToRoom,
} from '../../../test/data-envelopes.ts'
import { everyRoom } from '../../../test/data-lists.ts'
import {
  arrive,
  type Colleague,
  newcomer,
  refusal,
  withoutInstance,
} from '../../../test/data-people.ts'
import { GENERAL, NOWHERE, roomOf, say, sayMany } from '../../../test/data-rooms.ts'
import { NAUGHTY_TEXTS } from '../../../test/data-texts.ts'
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

test('everybody begins in General', async () => {
  const { call } = await newcomer(harness)
  const { rooms } = await call(listRooms, {})
  expect(rooms).toMatchObject([
    { id: GENERAL, kind: 'open', name: 'General', role: 'member', people: [], archived: false },
  ])
})

test('alice opens a room and owns it', async () => {
  const old = await everyRoom(alice)
  const body = { kind: 'closed', name: 'Design', topic: 'How it looks' } as const
  const room = await alice.call(createRoom, { body })
  expect(room).toMatchObject({ ...body, role: 'owner', lastSeq: 0, readSeq: 0, rev: 0 })
  expect(await alice.call(getRoom, { params: { roomId: room.id } })).toEqual(room)
  expect(await withTold(old, alice)).toEqual(await everyRoom(alice))
})

test('a room keeps its name as written, or is refused', async () => {
  const names = NAUGHTY_TEXTS.filter((name) => Array.from(name).length <= ROOM_NAME_MAX_CHARS)
  const [clean, hiding] = [
    names.filter((name) => toName(name) === name),
    names.filter((name) => toName(name) !== name),
  ]
  for (const name of clean) {
    const room = await carol.call(createRoom, { body: { kind: 'open', name, topic: name } })
    expect(room).toMatchObject({ name, topic: name })
  }
  expect(hiding).not.toEqual([])
  for (const name of hiding) expect(await create({ name })).toBe(400)
  expect(await create({ name: 'a\u0000b' })).toBe(400)
  expect(await create({ name: '😀'.repeat(ROOM_NAME_MAX_CHARS + 1) })).toBe(400)
  expect(await create({ kind: 'direct' })).toBe(400)
  expect(await create({ role: 'owner' })).toBe(400)
  expect(await create({ name: '😀'.repeat(ROOM_NAME_MAX_CHARS) })).toBe(201)
})

test('a room keeps the joiners that its name needs, and no others', async () => {
  for (const name of ['علی\u200cرضا', 'ශ්\u200dරී', 'क्\u200dष']) {
    const body = { kind: 'closed', name, topic: name } as const
    expect(await carol.call(createRoom, { body })).toMatchObject({ name, topic: name })
  }
  for (const name of [
    'De\u200csign',
    'De\u200dsign',
    'علی\u200c',
    '\u200cعلی',
    '\u2800',
    '\u0301',
  ]) {
    expect([name, await create({ name })]).toEqual([name, 400])
    expect([name, await create({ topic: name })]).toEqual([name, 400])
  }
  expect(await create({ topic: '' })).toBe(201)
})

test('a direct room is the same for everyone in it, however often it is opened', async () => {
  const old = await Promise.all([alice, bob, carol].map(async (person) => everyRoom(person)))
  const opened = await Promise.all(
    Array.from({ length: 12 }, async (_, nth) => {
      const [me, ...others] = rotated([alice, bob, carol], nth)
      return me!.call(openDirect, { body: { people: others.map(({ id }) => id) } })
    }),
  )
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1)
  const people = [alice.id, bob.id, carol.id].toSorted()
  expect(opened[0]).toMatchObject({ kind: 'direct', name: '', role: 'member', people })
  for (const [nth, colleague] of [alice, bob, carol].entries()) {
    expect(await withTold(old[nth]!, colleague)).toEqual(await everyRoom(colleague))
  }
})

test('other people have another direct room, and nobody has one alone', async () => {
  const withBob = await directOf(alice, bob.id)
  expect((await directOf(alice, bob.id, alice.id)).id).toBe(withBob.id)
  expect((await directOf(alice, alice.id)).people).toEqual([alice.id])
  expect((await directOf(alice, bob.id, carol.id)).id).not.toBe(withBob.id)
})

test('a direct room needs people who exist and have access', async () => {
  expect(await refusal(directOf(mallory, bob.id, NOWHERE))).toBe('person-not-found')
  await harness.sql`update people set blocked_at = now() where id = ${bob.id}`
  expect(await refusal(directOf(mallory, bob.id))).toBe('person-not-found')
  await harness.sql`update people set blocked_at = null where id = ${bob.id}`
  expect(await directOf(mallory, bob.id)).toMatchObject({ kind: 'direct' })
  expect(await harness.sql`select from rooms where direct_key like ${`%${NOWHERE}%`}`).toEqual([])
})

test('the read position moves forward only and not past the end', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  await sayMany(alice, room.id, 5)
  const old = await everyRoom(bob)
  const read = async (seq: number) =>
    (await bob.call(moveRead, { params: { roomId: room.id }, body: { seq } })).readSeq
  const moves = []
  for (const seq of [3, 3, 1, 99, 5, 0]) moves.push(await read(seq))
  expect(moves).toEqual([3, 3, 3, 5, 5, 5])
  const told = (await publishedToPerson(harness, bob.id)).filter(({ rev }) => rev > old.rev)
  expect(told).toMatchObject([
    { type: 'read.moved', data: { roomId: room.id, readSeq: 3 } },
    { type: 'read.moved', data: { roomId: room.id, readSeq: 5 } },
  ])
  expect(await withTold(old, bob)).toEqual(await everyRoom(bob))
  expect(
    await refusal(mallory.call(moveRead, { params: { roomId: room.id }, body: { seq: 1 } })),
  ).toBe('room-not-found')
})

test('concurrent reads keep the furthest position', async () => {
  const room = await roomOf(alice, 'closed')
  await sayMany(alice, room.id, 10)
  const old = await everyRoom(alice)
  const seqs = Array.from({ length: 30 }, (_, nth) => (nth * 7) % 11)
  await Promise.all(
    seqs.map(async (seq) => alice.call(moveRead, { params: { roomId: room.id }, body: { seq } })),
  )
  expect(await alice.call(getRoom, { params: { roomId: room.id } })).toMatchObject({ readSeq: 10 })
  expect(await withTold(old, alice)).toEqual(await everyRoom(alice))
})

test('for mallory, outside, a closed room does not exist', async () => {
  const room = await roomOf(alice, 'closed')
  const requests: [string, string, unknown?][] = [
    ['GET', ''],
    ['PUT', '/read', { seq: 0 }],
  ]
  for (const [method, path, body] of requests) {
    const here = await mallory.send(method, `/v1/rooms/${room.id}${path}`, body)
    const absent = await mallory.send(method, `/v1/rooms/${NOWHERE}${path}`, body)
    expect(here.status).toBe(404)
    expect(withoutInstance(here.text)).toBe(withoutInstance(absent.text))
    expect((await alice.send(method, `/v1/rooms/${room.id}${path}`, body)).status).toBe(200)
  }
  const { rooms } = await mallory.call(listRooms, {})
  expect(rooms.map(({ id }) => id)).not.toContain(room.id)
})

describe('what alice says herself, on whatever device,', () => {
  test('is read by her and by nobody else, where she had read all before it', async () => {
    const { id: roomId } = await roomOf(alice, 'closed', [bob])
    const device = await harness.as('alice@example.com')
    const old = await everyRoom(alice)
    await sayMany({ ...alice, call: device.call }, roomId, 3)
    expect(await standing(alice, roomId)).toEqual({ lastSeq: 3, readSeq: 3 })
    expect(await standing(bob, roomId)).toEqual({ lastSeq: 3, readSeq: 0 })
    const held = old.rooms.find(({ id }) => id === roomId)!
    const told = await publishedToRoom(harness, roomId)
    expect(folded(held, told, foldRoomOf(alice.id))).toEqual(
      await alice.call(getRoom, { params: { roomId } }),
    )
    expect((await alice.call(listRooms, {})).rooms.find(({ id }) => id === roomId)).toMatchObject({
      readSeq: 3,
    })
  })

  test('does not hide what bob said before it, and is read with that', async () => {
    const { id: roomId } = await roomOf(alice, 'closed', [bob])
    const params = { roomId }
    await say(bob, roomId, 'Have you seen this?')
    await sayMany(alice, roomId, 2)
    expect(await standing(alice, roomId)).toEqual({ lastSeq: 3, readSeq: 0 })
    const old = await everyRoom(alice)
    expect(await alice.call(moveRead, { params, body: { seq: 1 } })).toEqual({ readSeq: 3 })
    expect(await standing(alice, roomId)).toEqual({ lastSeq: 3, readSeq: 3 })
    expect(await withTold(old, alice)).toEqual(await everyRoom(alice))
    await say(bob, roomId, 'And this?')
    expect(await standing(alice, roomId)).toEqual({ lastSeq: 4, readSeq: 3 })
    expect(await alice.call(moveRead, { params, body: { seq: 2 } })).toEqual({ readSeq: 3 })
  })
})

async function standing({ call }: Colleague, roomId: string) {
  const { lastSeq, readSeq } = await call(getRoom, { params: { roomId } })
  return { lastSeq, readSeq }
}

/** My rooms by an old list and the events since. */
async function withTold(old: Parameters<typeof foldRooms>[0], { id }: Colleague) {
  return folded(old, await publishedToPerson(harness, id), foldRooms)
}

function rotated<Item>(items: Item[], by: number): Item[] {
  const at = by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

async function directOf(me: Colleague, ...people: string[]): Promise<Room> {
  return me.call(openDirect, { body: { people } })
}

async function create(body: object): Promise<number> {
  const room = { kind: 'open', name: 'fine', ...body }
  return (await carol.send('POST', '/v1/rooms', room)).status
}

test('the directory shows open rooms to everybody, and closed and direct ones to nobody', async () => {
  const open = await roomOf(alice, 'open')
  const closed = await roomOf(alice, 'closed')
  await say(alice, open.id, 'Come in')
  expect((await directoryOf(mallory)).find(({ id }) => id === open.id)).toMatchObject({
    name: open.name,
    memberCount: 1,
    joined: false,
    lastMessageAt: expect.any(String),
  })
  expect((await directoryOf(alice)).find(({ id }) => id === open.id)?.joined).toBe(true)
  for (const who of [alice, mallory]) {
    expect((await directoryOf(who)).map(({ id }) => id)).not.toContain(closed.id)
  }
  await mallory.call(addMember, { params: { roomId: open.id }, body: { personId: mallory.id } })
  expect((await directoryOf(mallory)).find(({ id }) => id === open.id)).toMatchObject({
    memberCount: 2,
    joined: true,
  })
})

async function directoryOf({ call }: Colleague) {
  const { rooms } = await call(listDirectory, {})
  return rooms
}
