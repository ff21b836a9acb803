import { blockPerson } from '@conclave/shared/admin'
import { channelName } from '@conclave/shared/channels'
import { removeMember } from '@conclave/shared/members'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { published } from '../../test/data-envelopes.ts'
import { arrive, type Colleague } from '../../test/data-people.ts'
import { roomOf, say } from '../../test/data-rooms.ts'
import { setVendor } from '../../test/data-vendor.ts'
import { startHarness, type Harness } from '../../test/harness.ts'
import type { Instance } from '../../test/instance.ts'
import { HINTS } from './hints.ts'
import { HINTING } from './hints.store.ts'
import { RELAY } from './relay.ts'
import { streams } from '../log/streams.ts'

let harness: Harness
let other: Instance
let alice: Colleague
let bob: Colleague

beforeAll(async () => {
  harness = await startHarness()
  other = await harness.another()
  const [one, two] = await arrive(harness, ['alice', 'bob'])
  alice = one!
  bob = two!
})
afterEach(async () => {
  await setVendor(harness, { mode: 'none' })
  await published(harness)
  await harness.sql`update people set blocked_at = null, not_before = null`
})
afterAll(async () => harness.close())

test('a repeated block of bob also waits for earlier messages that are still being published', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  await published(harness)
  await setVendor(harness, { mode: 'slow', delayMs: 1_000 })
  await say(alice, room.id, 'in the air')
  await expect.poll(async () => flightsOn(streams.room(room.id))).toBe(1)

  const block = { params: { personId: bob.id }, body: {} }
  const first = alice.call(blockPerson, block)
  await expect.poll(isBlocked).toBe(true)
  const { call: elsewhere } = await other.as('alice@example.com')
  await elsewhere(blockPerson, block)
  const answeredAt = Date.now()
  await first

  const his = channelName({ kind: 'room', roomId: room.id, epoch: room.epoch })
  await published(harness)
  const onHis = harness.pusher.record.publishes().filter(({ channels }) => channels.includes(his))
  expect(onHis).not.toEqual([])
  expect(onHis.filter(({ at }) => at > answeredAt)).toEqual([])
})

test('for flights that do not end the log names what they publish, and nothing else', async () => {
  const [usual, stuck] = [
    await roomOf(alice, 'closed', [bob]),
    await roomOf(alice, 'closed', [bob]),
  ]
  await published(harness)
  await alice.call(removeMember, { params: { roomId: usual.id, personId: bob.id } })
  expect(warnings()).toEqual([])
  const flights = [
    await standStill(RELAY, streams.room(stuck.id)),
    // Whatever it hints about, it may be on the channel of somebody whose access ends.
    await standStill(HINTS, HINTING),
  ]
  await alice.call(removeMember, { params: { roomId: stuck.id, personId: bob.id } })
  await Promise.all(flights.map(async (land) => land()))
  expect(warnings()).toMatchObject([{ level: 'warn' }])
  const named = warnings()[0]?.['streams'] as string[]
  expect(named.toSorted()).toEqual([HINTING, streams.room(stuck.id)])
})

/** Takes the lock that a flight of a hanging instance would hold; returns how to release it. */
async function standStill(consumer: string, stream: string): Promise<() => Promise<void>> {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const flight = harness.sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(cursor_lock(${consumer}, ${stream}))`
    begin()
    await over
  })
  await begun
  return async () => {
    end()
    await flight
  }
}

async function flightsOn(stream: string): Promise<number> {
  const rows = await harness.sql`
    select from pg_locks
    where locktype = 'advisory' and granted
      and (classid::bigint << 32) | objid::bigint = cursor_lock(${RELAY}, ${stream})`
  return rows.length
}

async function isBlocked(): Promise<boolean> {
  const [row] = await harness.sql<{ blocked: boolean }[]>`
    select blocked_at is not null as blocked from people where id = ${bob.id}`
  return row?.blocked ?? false
}

function warnings() {
  return harness.log.lines().filter(({ msg }) => String(msg).includes('has not landed'))
}
