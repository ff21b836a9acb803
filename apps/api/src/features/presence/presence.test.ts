import { channelName } from '@conclave/shared/channels'
import { getPerson } from '@conclave/shared/people'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { publishedToTeam } from '../../../test/data-envelopes.ts'
import { everyPerson, foldedPeople } from '../../../test/data-lists.ts'
import { arrive, type Colleague } from '../../../test/data-people.ts'
import { announceNow } from '../../../test/data-presence.ts'
import { roomOf } from '../../../test/data-rooms.ts'
import { setVendor } from '../../../test/data-vendor.ts'
import { personChannel } from '../../../test/data-webhooks.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'
import { openPusher } from '../../../test/pusher-client.ts'
import { takeRound } from '../../rounds/rounds.store.ts'
import { reconcilePresence } from './presence.reconcile.ts'

const GONE_AFTER_MS = 10

let harness: Harness
let alice: Colleague
let bob: Colleague

beforeAll(async () => {
  harness = await startHarness({ pusher: { webhookDebounceMs: 50 } })
  const people = await arrive(harness, ['alice', 'bob'])
  alice = people[0]!
  bob = people[1]!
})
// Whatever the test before left: nobody is connected, nobody is online, and no round is due.
beforeEach(async () => {
  await expect.poll(() => harness.pusher.stats().connections).toBe(0)
  await harness.sql`update rounds set began_at = now() + interval '1 day' where name = 'presence'`
  await reconcile()
})
afterAll(async () => harness.close())

test('a person who connects is online, one who disconnects is offline, and others see it live', async () => {
  harness.pusher.setWebhookUrl(`${harness.url}/pusher/webhooks`)
  const before = await everyPerson(alice)
  const connection = await connect()
  await expect.poll(isOnline).toBe(true)
  await connection[Symbol.asyncDispose]()
  await expect.poll(isOnline).toBe(false)
  const told = await publishedToTeam(harness)
  expect(foldedPeople(before, told)).toEqual(await everyPerson(alice))
  expect(told.filter(({ rev }) => rev > before.rev).map(({ type }) => type)).toEqual([
    'presence.updated',
    'presence.updated',
  ])
  harness.pusher.setWebhookUrl(undefined)
})

test('without webhooks the reconciliation finds out', async () => {
  const connection = await connect()
  expect(await isOnline()).toBe(false)
  await reconcile()
  expect(await isOnline()).toBe(true)
  await connection[Symbol.asyncDispose]()
  await expect.poll(() => harness.pusher.stats().connections).toBe(0)
  await reconcile()
  expect(await isOnline()).toBe(false)
})

test('a person who is back within a moment was never offline', async () => {
  const connection = await connect()
  await reconcile()
  await connection[Symbol.asyncDispose]()
  await expect.poll(() => harness.pusher.stats().connections).toBe(0)
  const before = timesListed()
  const looking = reconcilePresence(harness.ctx, 3_000)
  await expect.poll(timesListed).toBe(before + 1)
  await using _again = await connect()
  await looking
  await announceNow(harness)
  expect(await isOnline()).toBe(true)
})

test('an unreachable broker changes nothing', async () => {
  await using _connection = await connect()
  await reconcile()
  await setVendor(harness, { mode: 'error', status: 503 })
  await expect(reconcile()).rejects.toThrow()
  expect(await isOnline()).toBe(true)
  await setVendor(harness, { mode: 'none' })
})

test('subscribers of channels of an earlier epoch are reported, those of current channels are not', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const channels = [
    await personChannel(harness, bob.id),
    channelName({ kind: 'room', roomId: room.id, epoch: 0 }),
    channelName({ kind: 'team', epoch: 0 }),
  ]
  await using connection = await connect()
  for (const name of channels.slice(1)) await connection.subscribe(name)
  await reconcile()
  await makeMinutePass()
  await reconcile()
  expect(warnings()).toEqual([])

  await harness.sql`update people set epoch = epoch + 1 where id = ${bob.id}`
  await harness.sql`update rooms set epoch = epoch + 1 where id = ${room.id}`
  await harness.sql`update team set epoch = epoch + 1`
  await reconcile()
  expect(warnings()).toEqual([])
  await makeMinutePass()
  await reconcile()
  expect(warnings()).toMatchObject([{ channels: channels.toSorted(byName) }])
  expect(await metric('conclave_lurkers')).toBe('3')

  await connection[Symbol.asyncDispose]()
  await expect.poll(() => harness.pusher.stats().connections).toBe(0)
  await reconcile()
  expect(warnings()).toHaveLength(1)
  expect(await metric('conclave_lurkers')).toBe('0')
})

test('a running api reconciles by itself', async () => {
  await using _connection = await connect()
  await harness.sql`update presence set online = false, shown_online = false`
  await harness.sql`
    update rounds set began_at = now() - interval '1 minute' where name = 'presence'`
  await expect.poll(isOnline).toBe(true)
})

test('of several instances one takes a round, and the next only a minute later', async () => {
  // A round of the test's own: the running api takes those that it knows.
  const name = 'of a test'
  await harness.owner`insert into rounds (name, began_at) values (${name}, '-infinity')`
  const taken = await Promise.all(
    Array.from({ length: 5 }, async () => takeRound(harness.sql, name)),
  )
  expect(taken.filter(Boolean)).toHaveLength(1)
  expect(await takeRound(harness.sql, name)).toBe(false)
  await harness.owner`
    update rounds set began_at = now() - interval '1 minute' where name = ${name}`
  expect(await takeRound(harness.sql, name)).toBe(true)
})

function byName(one: string, other: string): number {
  return one < other ? -1 : 1
}

async function connect() {
  const { token } = await harness.as('bob@example.com')
  const connection = openPusher(harness, token)
  await connection.subscribe(await personChannel(harness, bob.id))
  return connection
}

async function reconcile(): Promise<void> {
  await reconcilePresence(harness.ctx, GONE_AFTER_MS)
  await announceNow(harness)
}

async function isOnline(): Promise<boolean> {
  return (await alice.call(getPerson, { params: { personId: bob.id } })).online
}

/** How often the broker was asked for the occupied channels. */
function timesListed(): number {
  const entries = harness.pusher.record.entries()
  return entries.filter((entry) => entry.kind === 'http' && entry.path.endsWith('/channels')).length
}

async function makeMinutePass(): Promise<void> {
  await harness.sql`update lurkers set first_seen_at = first_seen_at - interval '1 minute'`
}

function warnings() {
  return harness.log
    .lines()
    .filter(({ msg }) => String(msg).startsWith('channels of an earlier epoch'))
}

async function metric(name: string): Promise<string | undefined> {
  const text = await (await fetch(`${harness.url}/metrics`)).text()
  return new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]
}
