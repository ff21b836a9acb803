import { ROOM_CHANNELS_MAX } from '@conclave/shared/channels'
import { getRoom, type Room } from '@conclave/shared/rooms'
import { openDirect } from '@conclave/shared/rooms.create'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { hintsTo, makeHinted } from '../../test/data-hints.ts'
import { arrive, newcomer, type Colleague } from '../../test/data-people.ts'
import { roomOf, say, sayMany } from '../../test/data-rooms.ts'
import { setVendor } from '../../test/data-vendor.ts'
import { personChannel, sendWebhook } from '../../test/data-webhooks.ts'
import { type Harness, startHarness } from '../../test/harness.ts'
import { streams } from '../log/streams.ts'
import { HINTS, hints } from './hints.ts'

/** Instead of a second, because nearly every test waits for it. */
const EVERY_MS = 250

let harness: Harness
let alice: Colleague
let bob: Colleague
let carol: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness({ hintsEveryMs: EVERY_MS })
  const people = await arrive(harness, ['alice', 'bob', 'carol', 'mallory'])
  ;[alice, bob, carol, mallory] = people as [Colleague, Colleague, Colleague, Colleague]
})
beforeEach(async () => {
  await setVendor(harness, { mode: 'none' })
  await harness.sql`update presence set online = false`
})
afterAll(async () => harness.close())

test('bob, in 40 rooms, is hinted of what is said in the 40th; carol, in few rooms, and mallory, outside, are not', async () => {
  const many = await newcomer(harness)
  await harness.sql`
    with made as (
      insert into rooms (kind, name, topic)
      select 'closed', 'One of many', '' from generate_series(1, ${ROOM_CHANNELS_MAX}) returning id
    )
    insert into memberships (room_id, person_id, role) select id, ${many.id}, 'owner' from made`
  const room = await roomOf(alice, 'closed', [many, carol])
  await makeHinted(harness, mallory.id)
  for (const { id } of [many, carol])
    await sendWebhook(harness, [
      { name: 'channel_occupied', channel: await personChannel(harness, id) },
    ])
  await hintsTo(harness, many.id)
  await say(alice, room.id, 'for our eyes only')
  const hint = (await hintsTo(harness, many.id)).at(-1)
  expect(hint?.rooms).toEqual([await roomAs(many, room.id)])
  expect(hint?.rooms[0]).toMatchObject({ lastSeq: 1, readSeq: 0, memberCount: 3 })
  expect(hint).toMatchObject({
    channel: await personChannel(harness, many.id),
    rev: await revOf(many.id),
  })
  expect(await hintsTo(harness, carol.id)).toEqual([])
  const toMallory = (await hintsTo(harness, mallory.id)).flatMap(({ rooms }) => rooms)
  expect(toMallory.map(({ id }) => id)).not.toContain(room.id)
  for (const secret of ['for our eyes only', room.name, 'rooms.moved'])
    expect(harness.pusher.record.search(secret)).toEqual([])
})

test('somebody in one room more than they subscribe to is hinted, in as many is not, and nobody who is not connected', async () => {
  const [more, enough, away] = [
    await newcomer(harness),
    await newcomer(harness),
    await newcomer(harness),
  ]
  const room = await roomOf(alice, 'closed', [more, enough, away])
  await makeHinted(harness, more.id, ROOM_CHANNELS_MAX + 1)
  await makeHinted(harness, enough.id, ROOM_CHANNELS_MAX)
  await harness.sql`
    update people set room_count = ${ROOM_CHANNELS_MAX + 1} where id = ${away.id}`
  await say(alice, room.id, 'hello')
  expect((await hintsTo(harness, more.id)).at(-1)?.rooms).toContainEqual(
    await roomAs(more, room.id),
  )
  expect(await hintsTo(harness, enough.id)).toEqual([])
  expect(await hintsTo(harness, away.id)).toEqual([])
})

test('a direct room comes with its people, and what bob posts elsewhere he has read', async () => {
  await makeHinted(harness, bob.id)
  const direct = await alice.call(openDirect, { body: { people: [bob.id] } })
  await say(bob, direct.id, 'from another device')
  // A hint may be of other rooms as well, such as General, which Bob has just come into.
  const hinted = (await hintsTo(harness, bob.id)).flatMap(({ rooms }) => rooms)
  const room = hinted.findLast(({ id }) => id === direct.id)
  expect(room).toEqual(await roomAs(bob, direct.id))
  expect(room).toMatchObject({
    people: [alice.id, bob.id].toSorted(),
    lastSeq: 1,
    readSeq: 1,
  })
})

test('what happens between two hints is one of them, with the last state of each room', async () => {
  const rooms = [
    await roomOf(alice, 'closed', [bob]),
    await roomOf(alice, 'closed', [bob]),
    await roomOf(alice, 'closed', [bob]),
  ]
  await makeHinted(harness, bob.id)
  const before = (await hintsTo(harness, bob.id)).length
  const began = performance.now()
  await Promise.all(rooms.map(async ({ id }) => sayMany(alice, id, 20)))
  const sent = (await hintsTo(harness, bob.id)).slice(before)
  const pauses = (performance.now() - began) / EVERY_MS
  expect(sent.length).toBeLessThanOrEqual(1 + Math.ceil(pauses))
  expect(hints(harness.ctx)).toMatchObject({ everyMs: 1_000 })
  const last = new Map(sent.flatMap(({ rooms }) => rooms.map((room) => [room.id, room])))
  for (const { id } of rooms) expect(last.get(id)).toEqual(await roomAs(bob, id))
})

test('while the vendor is down nothing waits for hints, and afterwards they have the last state', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  await makeHinted(harness, bob.id)
  const before = (await hintsTo(harness, bob.id)).length
  await setVendor(harness, { mode: 'down' })
  await sayMany(alice, room.id, 10)
  const failures = () => harness.ctx.consumers.report()[HINTS]?.failures
  await expect.poll(failures, { timeout: 5_000 }).toBeGreaterThan(0)
  await setVendor(harness, { mode: 'none' })
  const sent = (await hintsTo(harness, bob.id)).slice(before).flatMap(({ rooms }) => rooms)
  expect(sent.at(-1)).toEqual(await roomAs(bob, room.id))
  // One may have been on its way before the last message, and was not lost.
  expect(sent.length).toBeLessThanOrEqual(2)
})

test('in a team in which nobody needs hints no membership is read for them', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  await hintsTo(harness, bob.id)
  const stream = streams.room(room.id)
  await harness.owner.begin(async (tx) => {
    await tx`lock table memberships in access exclusive mode`
    await harness.sql`
      with room as (update rooms set rev = rev + 1 where id = ${room.id} returning rev)
      insert into log (stream, rev, kind, subject, type, data)
      select ${stream}, rev, 'member', ${alice.id}, 'member.updated', '{}' from room`
    harness.ctx.consumers.wake([stream])
    const lagging = async () => harness.sql`select from lagging where consumer = ${HINTS}`
    await expect.poll(lagging, { timeout: 5_000 }).toHaveLength(0)
  })
})

/** The room, as this person is answered. */
async function roomAs({ call }: Colleague, roomId: string): Promise<Room> {
  const { named: _, ...room } = await call(getRoom, { params: { roomId } })
  return room
}

async function revOf(personId: string): Promise<number | undefined> {
  const [person] = await harness.sql<{ rev: number }[]>`
    select rev from people where id = ${personId}`
  return person?.rev
}
