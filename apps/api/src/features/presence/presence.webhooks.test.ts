import { channelName } from '@conclave/shared/channels'
import { getPerson } from '@conclave/shared/people'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { publishedToTeam } from '../../../test/data-envelopes.ts'
import { arrive, type Colleague } from '../../../test/data-people.ts'
import { announceNow } from '../../../test/data-presence.ts'
import { sendWebhook, signatureOf } from '../../../test/data-webhooks.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'
import { send } from '../../../test/raw-request.ts'
import { forgetOldDeliveries } from '../../webhooks/deliveries.store.ts'

/** A round trip to a vendor takes a while on a busy machine. */

let harness: Harness
let alice: Colleague
let bob: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const people = await arrive(harness, ['alice', 'bob'])
  alice = people[0]!
  bob = people[1]!
})
beforeEach(async () => {
  await harness.sql`delete from presence`
})
afterAll(async () => harness.close())

describe('a webhook is refused', () => {
  const NOW = Date.now()
  const body = JSON.stringify({ time_ms: NOW, events: [] })
  const sound = signatureOf('local-secret', body)

  test.each([
    ['without a signature', { headers: { 'x-pusher-signature': undefined } }],
    ['with an empty signature', { headers: { 'x-pusher-signature': '' } }],
    ['with half a signature', { headers: { 'x-pusher-signature': sound.slice(0, 32) } }],
    ['with a signature in capitals', { headers: { 'x-pusher-signature': sound.toUpperCase() } }],
    ['with a signature by another secret', { secret: 'the-secret-before-it-was-changed' }],
    ['without a key', { headers: { 'x-pusher-key': undefined } }],
    ['with the key of another app', { headers: { 'x-pusher-key': 'another-key' } }],
    ['as another type', { headers: { 'content-type': 'text/plain' } }],
    ['as JSON of a charset', { headers: { 'content-type': 'application/json; charset=utf-8' } }],
    ['without a type', { headers: { 'content-type': undefined } }],
    ['with the same JSON in other bytes', { body: JSON.stringify(JSON.parse(body), null, 1) }],
    ['with nothing in it', { body: '' }],
  ])('%s', async (_, change) => {
    const refused = await sendWebhook(harness, [], { atMs: NOW, ...change })
    expect(refused.status).toBe(401)
    expect(JSON.parse(refused.body)).toEqual({
      type: '/problems/not-signed-in',
      title: 'A valid access token is needed',
      status: 401,
      instance: expect.any(String),
    })
    expect((await sendWebhook(harness, [], { atMs: NOW })).status).toBe(200)
  })

  test.each([
    ['older than ten minutes', -10 * 60_000 - 5_000, -9 * 60_000],
    ['over a minute ahead', 65_000, 50_000],
  ])('%s, and not just within', async (_, bad, fine) => {
    const now = Date.now()
    expect((await sendWebhook(harness, [], { atMs: now + bad })).status).toBe(401)
    expect((await sendWebhook(harness, [], { atMs: now + fine })).status).toBe(200)
  })

  test.each([['"soon"'], ['null'], ['1e400']])('that was sent at %s', async (time) => {
    expect(await sendSigned(`{"time_ms":${time},"events":[]}`)).toBe(401)
    expect(await sendSigned(`{"time_ms":${Date.now()},"events":[]}`)).toBe(200)
  })

  test('by a key that is no longer active, with the reason in our log', async () => {
    const change = { headers: { 'x-pusher-key': 'unknown-key' }, secret: 'unknown-secret' }
    expect((await sendWebhook(harness, [], change)).status).toBe(401)
    expect(harness.log.lines().at(-2)).toMatchObject({ reason: 'key-unknown' })
  })

  test.each([
    'null',
    '[]',
    '1',
    '-0',
    '1e400',
    'true',
    '"text"',
    '{}',
    '[null]',
    '['.repeat(9_000),
  ])('that is signed, and is %s', async (signed) => {
    expect(await sendSigned(signed)).toBe(401)
    expect(await sendSigned(`{"time_ms":${Date.now()},"events":[]}`)).toBe(200)
  })

  test.each([
    'null',
    '{}',
    '"text"',
    '1e400',
    '[null,1,"x",[],[null],{}]',
    '[{"name":"channel_occupied"}]',
    '[{"name":"channel_occupied","channel":null}]',
    '[{"name":{"toString":1},"channel":{"length":1}}]',
    '[{"name":"channel_occupied","channel":"a\\u0000b"}]',
    '[{"name":"channel_occupied","channel":"\\ud800"}]',
    '[{"__proto__":{"name":"channel_occupied"}}]',
    '[{"name":"channel_occupied","channel":"private-encrypted-person-01900000-0000-7000-8000-000000000001-e999999999999999"}]',
    '[{"name":"channel_occupied","channel":"private-encrypted-person-01900000-0000-7000-8000-000000000001-e99999999999999999999"}]',
  ])('of no event that it can mean: %s', async (events) => {
    const rev = await teamRev()
    expect(await sendSigned(`{"time_ms":${Date.now()},"events":${events}}`)).toBe(200)
    expect(await teamRev()).toBe(rev)
  })

  test('that is larger than any Pusher sends', async () => {
    expect(await sendSigned(`{"time_ms":${Date.now()},"x":"${'x'.repeat(600_000)}"}`)).toBe(413)
  })
})

describe('a webhook is taken', () => {
  test('and bob is online for everybody, then offline', async () => {
    const rev = await teamRev()
    await sendWebhook(harness, [occupied(bob)])
    expect(await isOnline(bob)).toBe(true)
    await sendWebhook(harness, [vacated(bob)])
    expect(await isOnline(bob)).toBe(false)
    const told = (await publishedToTeam(harness)).filter((event) => event.rev > rev)
    expect(told.map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'presence.updated', data: { online: [bob.id], offline: [] } },
      { type: 'presence.updated', data: { online: [], offline: [bob.id] } },
    ])
  })

  test('once, however often the same one comes', async () => {
    const rev = await teamRev()
    const atMs = Date.now()
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => sendWebhook(harness, [occupied(bob)], { atMs })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    await announceNow(harness)
    expect(await teamRev()).toBe(rev + 1)
    await harness.sql`delete from presence`
    await sendWebhook(harness, [occupied(bob)], { atMs })
    expect(await isOnline(bob)).toBe(false)
    await sendWebhook(harness, [occupied(bob)], { atMs: atMs + 1 })
    expect(await isOnline(bob)).toBe(true)
  })

  test('and remembered for longer than its signature is accepted, then removed', async () => {
    const atMs = Date.now()
    await sendWebhook(harness, [occupied(bob)], { atMs })
    await forgetOldDeliveries(harness.sql)
    await harness.sql`delete from presence`
    await sendWebhook(harness, [occupied(bob)], { atMs })
    expect(await isOnline(bob)).toBe(false)
    await harness.sql`update deliveries set received_at = now() - interval '2 days'`
    await forgetOldDeliveries(harness.sql)
    expect(await harness.sql`select from deliveries`).toHaveLength(0)
  })

  test('but not over a newer one that overtook it', async () => {
    const atMs = Date.now()
    await sendWebhook(harness, [vacated(bob)], { atMs })
    await sendWebhook(harness, [occupied(bob)], { atMs: atMs - 1_000 })
    expect(await isOnline(bob)).toBe(false)
    await sendWebhook(harness, [occupied(bob)], { atMs: atMs + 1_000 })
    expect(await isOnline(bob)).toBe(true)
  })

  test('but not about a channel that is no longer his', async () => {
    await harness.sql`update people set epoch = 7 where id = ${bob.id}`
    await sendWebhook(harness, [occupied(bob, 6), occupied(bob, 8)])
    expect(await isOnline(bob)).toBe(false)
    await sendWebhook(harness, [occupied(bob, 7)])
    expect(await isOnline(bob)).toBe(true)
    await sendWebhook(harness, [vacated(bob, 6)], { atMs: Date.now() + 1 })
    expect(await isOnline(bob)).toBe(true)
    await harness.sql`update people set epoch = 0 where id = ${bob.id}`
  })

  test('with a thousand events, of which the unknown ones change nothing', async () => {
    const rev = await teamRev()
    const strange: unknown[] = [
      { name: 'channel_occupied', channel: '<img src=x onerror=alert(1)>' },
      { name: 'channel_exploded', channel: nameOf(bob) },
      { name: 'member_added', channel: 'presence-room-x', user_id: alice.id },
      { name: 'channel_occupied', channel: nameOf({ id: alice.id.replaceAll(/[0-9a-f]/g, '0') }) },
      { name: 'channel_occupied', channel: 7 },
      { name: 'client_event', channel: nameOf(bob), event: 'client-x', data: '{}' },
      null,
      'channel_occupied',
    ]
    const many = Array.from({ length: 992 }, (_, nth) => ({
      name: 'channel_occupied',
      channel: `private-encrypted-room-${alice.id}-e${nth}`,
    }))
    expect((await sendWebhook(harness, [...strange, ...many])).status).toBe(200)
    expect(await teamRev()).toBe(rev)
    expect((await sendWebhook(harness, [...strange, ...many, occupied(bob)])).status).toBe(200)
    await announceNow(harness)
    expect(await teamRev()).toBe(rev + 1)
  })

  test('within 4 s while the database hangs, and applied when it continues', async () => {
    await sendWebhook(harness, [vacated(bob)])
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const standstill = harness.sql.begin(async (tx) => {
      await tx`select from presence for update`
      await held
    })
    const began = performance.now()
    const answer = await sendWebhook(harness, [occupied(bob)], { atMs: Date.now() + 1 })
    expect(answer.status).toBe(200)
    expect(performance.now() - began).toBeLessThan(4_000)
    release()
    await standstill
    await expect.poll(async () => isOnline(bob)).toBe(true)
  })
})

function nameOf({ id }: Pick<Colleague, 'id'>, epoch = 0): string {
  return channelName({ kind: 'person', personId: id, epoch })
}

function occupied(person: Colleague, epoch?: number) {
  return { name: 'channel_occupied', channel: nameOf(person, epoch) }
}

function vacated(person: Colleague, epoch?: number) {
  return { name: 'channel_vacated', channel: nameOf(person, epoch) }
}

async function isOnline({ id }: Colleague): Promise<boolean> {
  await announceNow(harness)
  return (await alice.call(getPerson, { params: { personId: id } })).online
}

async function teamRev(): Promise<number> {
  const [team] = await harness.sql<{ rev: number }[]>`select rev from team`
  return team?.rev ?? 0
}

async function sendSigned(body: string): Promise<number> {
  const { key, secret } = harness.pusher
  const { status } = await send(`${harness.url}/pusher/webhooks`, {
    method: 'POST',
    headers: [
      ['content-type', 'application/json'],
      ['x-pusher-key', key],
      ['x-pusher-signature', signatureOf(secret, body)],
    ],
    body,
  })
  return status
}
