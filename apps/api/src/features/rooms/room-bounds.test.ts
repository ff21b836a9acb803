import {
  DIRECT_ROOMS_OPENED_MAX,
  ROOMS_MADE_MAX,
  ROOMS_OF_PERSON_MAX,
  ROOMS_OF_PERSON_OWN,
} from '@conclave/shared/bounds'
import { addMember } from '@conclave/shared/members'
import { type Room } from '@conclave/shared/rooms'
import { createRoom, openDirect } from '@conclave/shared/rooms.create'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { arrive, type Colleague, outcomeOf } from '../../../test/data-people.ts'
import { GENERAL, roomOf } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

const AT_ONCE = 8

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

// Nobody has created a room, and everybody is in General only.
beforeEach(async () => {
  await harness.sql`
    update rooms set created_by = null, direct_key = case when kind = 'direct' then id::text end`
  await harness.sql`delete from memberships where room_id <> ${GENERAL}`
})

test('a person cannot create more rooms than the limit, not even with concurrent requests', async () => {
  await made(alice, 'open', ROOMS_MADE_MAX - 1)
  const outcomes = await atOnce(() => create(alice))
  expect(outcomes).toEqual([
    'done',
    ...Array.from({ length: AT_ONCE - 1 }, () => 'too-many-rooms-made'),
  ])
  expect(await madeBy(alice)).toBe(ROOMS_MADE_MAX)
  expect(await outcomeOf(create(bob))).toBe('done')
  expect(await outcomeOf(direct(alice, bob))).toBe('done')
})

test('leaving a created room does not free a place', async () => {
  await made(alice, 'closed', ROOMS_MADE_MAX)
  await harness.sql`delete from memberships where person_id = ${alice.id}`
  expect(await outcomeOf(create(alice))).toBe('too-many-rooms-made')
})

test('a person cannot open more direct rooms than the limit, and others still can with them', async () => {
  await made(alice, 'direct', DIRECT_ROOMS_OPENED_MAX - 1)
  const groups = [[bob], [carol], [mallory], [bob, carol], [bob, mallory], [carol, mallory]]
  const outcomes = await Promise.all(
    groups.map(async (others) => outcomeOf(direct(alice, ...others))),
  )
  expect(outcomes.toSorted()).toEqual([
    'done',
    ...Array.from({ length: 5 }, () => 'too-many-rooms-made'),
  ])
  const there = groups.find((_, nth) => outcomes[nth] === 'done')
  expect(await outcomeOf(direct(alice, ...there!))).toBe('done')
  expect(await outcomeOf(direct(bob, alice, carol, mallory))).toBe('done')
  expect(await outcomeOf(create(alice))).toBe('done')
})

test('a person cannot be in more rooms than the limit, by whichever way', async () => {
  const rooms = await Promise.all(Array.from({ length: AT_ONCE }, async () => roomOf(bob, 'open')))
  await isIn(alice, ROOMS_OF_PERSON_MAX - 1)
  const outcomes = await Promise.all(rooms.map(async (room) => outcomeOf(join(alice, room, alice))))
  expect(outcomes.toSorted()).toEqual([
    'done',
    ...Array.from({ length: AT_ONCE - 1 }, () => 'too-many-rooms'),
  ])
  expect(await roomsOf(alice)).toBe(ROOMS_OF_PERSON_MAX)
  expect(await outcomeOf(create(alice))).toBe('too-many-rooms')
  expect(await outcomeOf(direct(alice, carol))).toBe('too-many-rooms')
  // Adding a member again is still allowed.
  const inside = rooms[outcomes.indexOf('done')]!
  expect(await outcomeOf(join(alice, inside, alice))).toBe('done')
  expect(await outcomeOf(join(carol, inside, carol))).toBe('done')
})

test('others can add a person only up to a lower limit, so that the person can still join rooms', async () => {
  const rooms = await Promise.all(
    Array.from({ length: AT_ONCE }, async () => roomOf(bob, 'closed')),
  )
  await isIn(alice, ROOMS_OF_PERSON_MAX - ROOMS_OF_PERSON_OWN - 1)
  const outcomes = await Promise.all(rooms.map(async (room) => outcomeOf(join(bob, room, alice))))
  expect(outcomes.toSorted()).toEqual([
    'done',
    ...Array.from({ length: AT_ONCE - 1 }, () => 'person-in-too-many-rooms'),
  ])
  expect(await outcomeOf(direct(mallory, alice, bob))).toBe('person-in-too-many-rooms')
  expect(await outcomeOf(direct(mallory, bob))).toBe('done')
  expect(await outcomeOf(direct(alice, mallory, bob))).toBe('done')
  expect(await outcomeOf(create(alice))).toBe('done')
})

async function atOnce(act: () => Promise<unknown>): Promise<string[]> {
  const outcomes = await Promise.all(Array.from({ length: AT_ONCE }, async () => outcomeOf(act())))
  return outcomes.toSorted()
}

async function create({ call }: Colleague): Promise<Room> {
  return call(createRoom, { body: { kind: 'open', name: 'One more' } })
}

async function direct({ call }: Colleague, ...others: Colleague[]): Promise<Room> {
  return call(openDirect, { body: { people: others.map(({ id }) => id) } })
}

async function join(who: Colleague, room: Room, added: Colleague): Promise<unknown> {
  return who.call(addMember, { params: { roomId: room.id }, body: { personId: added.id } })
}

/** Rooms that this person has made and is not in. */
async function made({ id }: Colleague, kind: string, count: number): Promise<void> {
  await harness.sql`
    insert into rooms (kind, name, created_by, direct_key)
    select ${kind}::text, '', ${id}, case when ${kind}::text = 'direct' then uuidv7()::text end
    from generate_series(1, ${count}) nth`
}

/** Puts somebody into as many rooms as are missing. */
async function isIn(who: Colleague, count: number): Promise<void> {
  const missing = count - (await roomsOf(who))
  await harness.sql`
    with made as (
      insert into rooms (kind, name)
      select 'closed', 'x' from generate_series(1, ${missing}) returning id
    )
    insert into memberships (room_id, person_id, role) select id, ${who.id}, 'member' from made`
}

async function roomsOf({ id }: Colleague): Promise<number> {
  const [row] = await harness.sql<{ count: number }[]>`
    select count(*) from memberships where person_id = ${id}`
  return row!.count
}

async function madeBy({ id }: Colleague): Promise<number> {
  const [row] = await harness.sql<{ count: number }[]>`
    select count(*) from rooms where created_by = ${id} and kind <> 'direct'`
  return row!.count
}
