import { createHash } from 'node:crypto'
import { addMember, removeMember } from '@conclave/shared/members'
import { type Look, lookAtRooms, moveRead } from '@conclave/shared/rooms'
import { createRoom, openDirect } from '@conclave/shared/rooms.create'
import { isInBucket, knownOf, LOOK_DIGITS } from '@conclave/shared/rooms.look'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { everyRoom } from '../../../test/data-lists.ts'
import { arrive, type Colleague } from '../../../test/data-people.ts'
import { roomOf, say } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

let harness: Harness
let alice: Colleague
let bob: Colleague
let carol: Colleague
/** What Bob has of his rooms. */
let held: { rev: string; known: string }

beforeAll(async () => {
  harness = await startHarness()
  const [one, two, three] = await arrive(harness, ['alice', 'bob', 'carol'])
  alice = one!
  bob = two!
  carol = three!
  for (let nth = 0; nth < 20; nth += 1) await roomOf(alice, 'closed', [bob])
}, 60_000)
beforeEach(async () => {
  held = await heldBy(bob)
})
afterAll(async () => harness.close())

test('the first look has all rooms, in the same state as the list of them', async () => {
  const { buckets, more, ...first } = await bob.call(lookAtRooms, {})
  const { rooms, ...list } = await everyRoom(bob)
  expect(first).toEqual(list)
  expect(more).toBe(false)
  expect(byId(buckets.flatMap((bucket) => bucket.rooms))).toEqual(byId(rooms))
  expect(buckets.map(({ digit }) => digit)).toEqual(LOOK_DIGITS)
  for (const { digit, rooms } of buckets)
    expect(rooms.filter((room) => !isInBucket(room, digit))).toEqual([])
})

test('who has the rooms as they are gets none of them', async () => {
  expect(await looking(held)).toEqual([])
})

test('a message, somebody who joins and a new epoch cost the bucket of their room alone', async () => {
  const { rooms } = await everyRoom(bob)
  const [talk, grows, rekeyed] = rooms as [Room, Room, Room]
  await say(alice, talk.id, 'Hello')
  expect(await digitsOf(held)).toEqual([talk.id.slice(-1)])
  await say(alice, grows.id, 'Hello')
  await harness.sql`update rooms set epoch = epoch + 1 where id = ${rekeyed.id}`
  const differing = new Set([talk, grows, rekeyed].map(({ id }) => id.slice(-1)))
  expect(await digitsOf(held)).toEqual([...differing].toSorted())
  expect(await digitsOf(await heldBy(bob))).toEqual([])
})

test('a room that is not mine any more is missing in its bucket, also when nothing else tells of it', async () => {
  const { id: roomId } = await roomOf(alice, 'closed', [bob])
  const { known } = await heldBy(bob)
  await alice.call(removeMember, { params: { roomId, personId: bob.id } })
  const { rev } = await heldBy(bob)
  const [bucket, ...others] = await looking({ rev, known })
  expect(others).toEqual([])
  expect(bucket).toMatchObject({ digit: roomId.slice(-1) })
  expect(bucket?.rooms.map(({ id }) => id)).not.toContain(roomId)
})

test('what only my own stream tells, such as how far I have read, is in every bucket', async () => {
  const { id: roomId } = await roomOf(alice, 'closed', [bob])
  await say(alice, roomId, 'Hello')
  const { rev, known } = await heldBy(bob)
  await bob.call(moveRead, { params: { roomId }, body: { seq: 1 } })
  expect((await heldBy(bob)).known).toBe(known)
  expect(await digitsOf({ rev, known })).toEqual(LOOK_DIGITS)
})

test('the people of direct rooms come with them', async () => {
  const before = await heldBy(carol)
  expect((await carol.call(lookAtRooms, {})).named).toBeUndefined()
  const direct = await alice.call(openDirect, { body: { people: [carol.id] } })
  const { buckets, named, teamRev } = await carol.call(lookAtRooms, { query: before })
  expect(buckets.flatMap(({ rooms }) => rooms).map(({ id }) => id)).toContain(direct.id)
  expect(named?.people.map(({ name }) => name).toSorted()).toEqual(['Alice', 'Carol'])
  expect(named?.rev).toBe(teamRev)
})

test('nobody sees a room of others by it', async () => {
  const { id } = await alice.call(createRoom, { body: { kind: 'open', name: 'Without Bob' } })
  expect(await digitsOf(held)).toEqual([])
  expect(JSON.stringify(await bob.call(lookAtRooms, {}))).not.toContain(id)
  await bob.call(addMember, { params: { roomId: id }, body: { personId: bob.id } })
  expect(JSON.stringify(await bob.call(lookAtRooms, {}))).toContain(id)
})

test.each([
  ['of digests that are too short', { known: 'ab' }],
  ['of digests in capitals', { known: 'AB'.repeat(128) }],
  ['of a revision that is no number', { rev: 'x' }],
])('a look %s is refused', async (_, query) => {
  const { status } = await bob.send('GET', `/v1/look?${new URLSearchParams(query).toString()}`)
  expect(status).toBe(400)
})

test('a look by a revision from another database has everything', async () => {
  expect(await digitsOf({ ...held, rev: '999999999999999' })).toEqual(LOOK_DIGITS)
  expect(await digitsOf({ known: held.known })).toEqual(LOOK_DIGITS)
  expect(await digitsOf({ rev: held.rev })).toEqual(LOOK_DIGITS)
})

type Room = Look['buckets'][number]['rooms'][number]

/** What a client of this person's would send that has everything. */
async function heldBy(person: Colleague) {
  const { rooms, rev } = await everyRoom(person)
  return { rev: String(rev), known: await knownOf(rooms, sha256) }
}

async function sha256(text: string | Uint8Array) {
  return Promise.resolve(new Uint8Array(createHash('sha256').update(text).digest()))
}

async function looking(query: { rev?: string; known?: string }): Promise<Look['buckets']> {
  return (await bob.call(lookAtRooms, { query })).buckets
}

async function digitsOf(query: { rev?: string; known?: string }): Promise<string[]> {
  return (await looking(query)).map(({ digit }) => digit)
}

function byId(rooms: readonly Room[]): Room[] {
  return rooms.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
