import { randomUUID } from 'node:crypto'
import type { Message } from '@conclave/shared/messages'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { published, publishedToRoom } from '../../test/data-envelopes.ts'
import { arrive, type Colleague } from '../../test/data-people.ts'
import { roomOf, say, sayMany } from '../../test/data-rooms.ts'
import { setVendor } from '../../test/data-vendor.ts'
import { type Harness, startHarness } from '../../test/harness.ts'
import { createConsumer, type Consumer } from '../log/consumer.ts'
import { RELAY, relay } from './relay.ts'
import { streams } from '../log/streams.ts'

let harness: Harness
let alice: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one] = await arrive(harness, ['alice'])
  alice = one!
})
afterEach(async () => setVendor(harness, { mode: 'none' }))
afterAll(async () => harness.close())

test('while the broker is down alice can post, and all of it arrives in order afterwards', async () => {
  const rooms = [await roomOf(alice, 'closed'), await roomOf(alice, 'closed')]
  await published(harness)
  const before = { failed: await failuresToPublish(), published: await eventsPublished() }
  await setVendor(harness, { mode: 'down' })
  for (const { id } of rooms) await sayMany(alice, id, 25)
  const lagging = await harness.sql`select waiting from lagging where consumer = ${RELAY}`
  expect([...lagging]).toEqual([{ waiting: 25 }, { waiting: 25 }])
  expect(harness.ctx.consumers.report()[RELAY]?.lastError).toContain('503')
  await setVendor(harness, { mode: 'none' })
  for (const { id } of rooms) {
    const sent = await publishedToRoom(harness, id)
    expect(sent.map(({ data }) => (data as Message).seq)).toEqual(upTo(25))
  }
  expect(harness.ctx.consumers.report()[RELAY]?.failures).toBe(0)
  expect(await failuresToPublish()).toBeGreaterThan(before.failed)
  expect(await eventsPublished()).toBe(before.published + 50)
})

test('a broker that hangs does not keep anybody from posting', async () => {
  const room = await roomOf(alice, 'closed')
  await published(harness)
  await setVendor(harness, { mode: 'slow', delayMs: 60_000 })
  await sayMany(alice, room.id, 30)
  await setVendor(harness, { mode: 'none' })
  const sent = await publishedToRoom(harness, room.id)
  expect([...new Set(sent.map(({ rev }) => rev))]).toEqual(upTo(30))
})

test('an event goes to the epoch at the time it is published, not at the time it was written', async () => {
  const room = await roomOf(alice, 'closed')
  await published(harness)
  await setVendor(harness, { mode: 'down' })
  await say(alice, room.id, 'after somebody was removed')
  await harness.sql`update rooms set epoch = epoch + 1 where id = ${room.id}`
  // Whoever takes access away waits for what is on its way with the old epoch (landing.ts), which this has to do itself.
  const failures = await failuresToPublish()
  await expect.poll(failuresToPublish).toBeGreaterThan(failures + 1)
  await setVendor(harness, { mode: 'none' })
  const sent = (await published(harness)).filter(({ channel }) => channel.includes(room.id))
  expect(sent).toMatchObject([
    { channel: `private-encrypted-room-${room.id}-e1`, envelope: { epoch: 1 } },
  ])
})

test('several instances publish each event of several rooms once, in order', async () => {
  const rooms = [await roomOf(alice, 'closed'), await roomOf(alice, 'closed')]
  const names = rooms.map(({ id }) => streams.room(id))
  const others = [1, 2].map(anotherRelay)
  for (let nth = 0; nth < 20; nth += 1) {
    const saying = rooms.map(async ({ id }) => say(alice, id, `message ${nth}`))
    // Each takes them in another order, without a deadlock.
    others.forEach((relay, at) => relay.wake(at === 0 ? names : names.toReversed()))
    await Promise.all(saying)
  }
  for (const { id } of rooms) {
    const sent = await publishedToRoom(harness, id)
    expect(sent.map(({ rev }) => rev)).toEqual(upTo(20))
  }
  await Promise.all(others.map(async (relay) => relay.close()))
  expect(await relayFailures()).not.toContain('step="database"')
})

test('one action’s notices to thirty people go out in few batches, to each of them once and in order', async () => {
  await published(harness)
  const sent = await noticesFor(30)
  const { length: before } = harness.pusher.record.publishes()
  const other = anotherRelay()
  for (const relay of [harness.ctx.consumers, other]) relay.wake(sent)
  const all = await published(harness)
  await other.close()
  for (const stream of sent) {
    const theirs = all.filter(({ channel }) => channel.includes(stream.replace('person:', '')))
    expect(theirs.map(({ envelope }) => envelope.rev)).toEqual([1, 2])
  }
  expect(batchesOf(harness.pusher.record.publishes().slice(before))).toBeLessThan(sent.length / 2)
})

test('a message that is posted while two thousand notices wait is among the next batches', async () => {
  const room = await roomOf(alice, 'closed')
  await published(harness)
  const sent = await noticesFor(1_000)
  const { record } = harness.pusher
  const { length: before } = record.publishes()
  await setVendor(harness, { mode: 'slow', delayMs: 50 })
  harness.ctx.consumers.wake(sent)
  await expect.poll(() => record.publishes().length).toBeGreaterThan(before)
  await say(alice, room.id, 'I do not wait')
  const { length: posted } = record.publishes()
  const place = () =>
    record.publishes().findIndex(({ channels: [channel = ''] }) => channel.includes(room.id))
  await expect.poll(place).toBeGreaterThan(before)
  await setVendor(harness, { mode: 'none' })
  await published(harness)
  // Those that were on their way already, and those that left beside it.
  expect(batchesOf(record.publishes().slice(posted, place()))).toBeLessThan(16)
  expect(batchesOf(record.publishes().slice(place()))).toBeGreaterThan(32)
})

test('events of an instance that died are found and published', async () => {
  const room = await roomOf(alice, 'closed')
  await published(harness)
  const data = { personId: alice.id, role: 'owner', joinedAt: new Date().toISOString() }
  await harness.sql`
    with room as (
      update rooms set rev = rev + 1 where id = ${room.id} returning rev
    )
    insert into log (stream, rev, kind, subject, type, data, at)
    select ${streams.room(room.id)}, rev, 'member', ${alice.id}, 'member.joined',
      ${JSON.stringify(data)}::text::json, now() - interval '1 minute'
    from room`
  expect(await publishedToRoom(harness, room.id)).toMatchObject([{ type: 'member.joined', data }])
})

test('the vendor sees no text of a message', async () => {
  const room = await roomOf(alice, 'closed')
  await say(alice, room.id, 'for our eyes only')
  await published(harness)
  expect(harness.pusher.record.search(room.id)).not.toHaveLength(0)
  expect(harness.pusher.record.search('for our eyes only')).toHaveLength(0)
})

/** As of another instance. */
function anotherRelay(): Consumer {
  return createConsumer(relay(harness.ctx), { ...harness.ctx, sql: harness.sql })
}

async function failuresToPublish(): Promise<number> {
  return counted('conclave_consumer_failures_total{consumer="relay",step="perform"}')
}

async function eventsPublished(): Promise<number> {
  return counted('conclave_events_published_total')
}

/** What the metrics say of this counter; 0 as long as they do not have it. */
async function counted(name: string): Promise<number> {
  const lines = (await harness.ctx.metrics.registry.metrics()).split('\n')
  const line = lines.find((line) => line.startsWith(`${name} `))
  return Number(line?.slice(name.length) ?? 0)
}

async function relayFailures(): Promise<string> {
  return harness.ctx.metrics.registry.getSingleMetricAsString('conclave_consumer_failures_total')
}

/** New people, and two notices for each of them that nobody has been woken for; their streams. */
async function noticesFor(count: number): Promise<string[]> {
  const data = JSON.stringify({ roomId: randomUUID(), readSeq: 1 })
  const rows = await harness.sql<{ stream: string }[]>`
    with told as (
      insert into people (auth0_sub, name, email, email_verified, role, rev)
      select 'auth0|told-' || id, 'Told', 'told-' || id || '@example.com', true, 'member', 2
      from (select gen_random_uuid() as id from generate_series(1, ${count})) given
      returning 'person:' || id as stream
    ),
    logged as (
      insert into log (stream, rev, kind, type, data)
      select stream, rev, 'notice', 'read.moved', ${data}::text::json
      from told, generate_series(1, 2) rev
    )
    select stream from told`
  return rows.map(({ stream }) => stream)
}

/** The events of a batch share their request. */
function batchesOf(publishes: readonly { body: string }[]): number {
  return new Set(publishes.map(({ body }) => body)).size
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1)
}
