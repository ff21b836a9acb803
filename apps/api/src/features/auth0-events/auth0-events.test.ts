import { blockPerson, unblockPerson } from '@conclave/shared/admin'
import { getMe } from '@conclave/shared/people'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { arrive, type Colleague, refusal } from '../../../test/data-people.ts'
import { atAuth0, stepsDone } from '../../../test/data-revocation.ts'
import { EVENTS_SECRET, type Harness, startHarness } from '../../../test/harness.ts'
import { send } from '../../../test/raw-request.ts'
import { reconcileAuth0 } from './auth0.reconcile.ts'

const MALLORY = 'mallory@example.com'

/** A machine that is busy takes a while to a vendor and back. */
const PATIENCE = { timeout: 15_000 }

let harness: Harness
let alice: Colleague
let mallory: Colleague
let sub: string
let events = 0

beforeAll(async () => {
  harness = await startHarness()
  const people = await arrive(harness, ['alice', 'mallory'])
  alice = people[0]!
  mallory = people[1]!
  sub = await subOf(harness, mallory)
})
afterEach(async () => {
  harness.auth0.setManagementFault({ mode: 'none' })
  harness.auth0.setEvents(undefined)
  harness.auth0.unblock(MALLORY)
  await reconcileAuth0(harness.ctx)
  expect(await isIn()).toBe(true)
})
afterAll(async () => harness.close())

test('who is blocked in the dashboard is refused shortly after, and comes back the same way', async () => {
  harness.auth0.setEvents({ url: `${harness.url}/auth0/events`, token: EVENTS_SECRET })
  expect(await isIn()).toBe(true)
  harness.auth0.block(MALLORY)
  await expect.poll(isIn, PATIENCE).toBe(false)
  const steps = await stepsDone(harness, mallory.id)
  expect(steps.map(({ kind }) => kind)).toEqual(['sockets-closed', 'auth0-sessions-ended'])
  expect(await lastAct()).toEqual({ action: 'person.blocked', actorId: null })
  harness.auth0.unblock(MALLORY)
  await expect.poll(isIn, PATIENCE).toBe(true)
  expect(await lastAct()).toEqual({ action: 'person.unblocked', actorId: null })
})

describe('an event is refused', () => {
  test.each([
    ['without a secret', undefined],
    ['with another secret', `Bearer ${EVENTS_SECRET.replace('a', 'b')}`],
    ['with the beginning of the secret', `Bearer ${EVENTS_SECRET.slice(0, 20)}`],
    ['with the secret and more', `Bearer ${EVENTS_SECRET}1`],
    ['with the secret as a password', `Basic ${EVENTS_SECRET}`],
  ])('%s', async (_, authorization) => {
    harness.auth0.block(MALLORY)
    expect(await tell('user.updated', { blocked: true }, { authorization })).toBe(401)
    expect(await isIn()).toBe(true)
    expect(await tell('user.updated', { blocked: true })).toBe(200)
    expect(await isIn()).toBe(false)
  })

  test('of another form', async () => {
    expect(await post('{"id":"evt_x","type":"user.updated"}')).toBe(400)
    expect(await post('not json')).toBe(400)
    expect(await tell('user.updated', { blocked: false })).toBe(200)
  })

  test('by an api that has no secret', async () => {
    await using open = await harness.another({ AUTH0_EVENTS_SECRET: '' })
    const event = JSON.stringify(eventOf('user.updated', { blocked: false }))
    expect(await post(event, { url: open.url, authorization: 'Bearer ' })).toBe(401)
    expect(await post(event, { url: open.url, authorization: 'Bearer undefined' })).toBe(401)
    expect(await post(event)).toBe(200)
  })
})

describe('what is true is read back from Auth0', () => {
  test('an unblocking that overtook the block, and is older, changes nothing', async () => {
    harness.auth0.block(MALLORY)
    await tell('user.updated', { blocked: true })
    await tell('user.updated', { blocked: false })
    expect(await isIn()).toBe(false)
  })

  test('a block that comes after it was undone changes nothing', async () => {
    await tell('user.updated', { blocked: true })
    expect(await isIn()).toBe(true)
  })

  test('the same event again changes nothing either', async () => {
    harness.auth0.block(MALLORY)
    const event = JSON.stringify(eventOf('user.updated', { blocked: true }))
    const answers = await Promise.all(Array.from({ length: 20 }, async () => post(event)))
    expect(new Set(answers)).toEqual(new Set([200]))
    const [row] = await harness.sql<{ blocks: number }[]>`
      select count(*) as blocks from revocation_steps
      where person_id = ${mallory.id} and kind = 'sockets-closed' and done_at is null`
    expect(row?.blocks).toBeLessThan(2)
    const acts = await actsAgainst(mallory)
    await alice.call(unblockPerson, { params: { personId: mallory.id } })
    await stepsDone(harness, mallory.id)
    expect(await post(event)).toBe(200)
    expect(await isIn()).toBe(true)
    expect((await actsAgainst(mallory)).length).toBe(acts.length + 1)
  })

  test('an event about nobody of ours, or of another kind, is taken and ignored', async () => {
    harness.auth0.block(MALLORY)
    expect(await tell('user.updated', { blocked: true, user_id: 'auth0|stranger' })).toBe(200)
    expect(await tell('organization.created', { blocked: true })).toBe(200)
    expect(await isIn()).toBe(true)
    await tell('user.updated', { blocked: true })
    expect(await isIn()).toBe(false)
  })

  test('while Auth0 cannot be asked a block is believed, and no unblocking', async () => {
    harness.auth0.setManagementFault({ mode: 'error', status: 503 })
    await tell('user.updated', { blocked: true })
    expect(await isIn()).toBe(false)
    await tell('user.updated', { blocked: false })
    expect(await isIn()).toBe(false)
  })
})

test('without credentials only being blocked is believed', async () => {
  await using poor = await harness.another({
    AUTH0_MANAGEMENT_CLIENT_ID: '',
    AUTH0_MANAGEMENT_CLIENT_SECRET: '',
  })
  const to = { url: poor.url }
  await tell('user.updated', { blocked: false }, to)
  expect(await isIn()).toBe(true)
  await tell('user.updated', { blocked: true }, to)
  expect(await isIn()).toBe(false)
  await tell('user.updated', { blocked: false }, to)
  expect(await isIn()).toBe(false)
})

describe('without any event, a round', () => {
  test('finds who was blocked or let in again in the dashboard', async () => {
    harness.auth0.block(MALLORY)
    await reconcileAuth0(harness.ctx)
    expect(await isIn()).toBe(false)
    harness.auth0.unblock(MALLORY)
    await reconcileAuth0(harness.ctx)
    expect(await isIn()).toBe(true)
  })

  test('asks one question when nothing differs', async () => {
    const before = harness.auth0.managementCalls().length
    await reconcileAuth0(harness.ctx)
    const calls = harness.auth0.managementCalls().slice(before)
    expect(calls).toEqual([{ method: 'GET', path: '/api/v2/users', status: 200 }])
  })

  test('leaves what one of us decided, and tells Auth0 of it again', async () => {
    await alice.call(blockPerson, { params: { personId: mallory.id }, body: {} })
    await stepsDone(harness, mallory.id)
    harness.auth0.unblock(MALLORY)
    await tell('user.updated', { blocked: false })
    expect(await isIn()).toBe(false)
    await reconcileAuth0(harness.ctx)
    await stepsDone(harness, mallory.id)
    expect(await atAuth0(harness, mallory.id)).toEqual({ blocked: true })
    expect(await isIn()).toBe(false)
    await alice.call(unblockPerson, { params: { personId: mallory.id } })
    await stepsDone(harness, mallory.id)
  })

  test('waits while a decision of ours is on its way to Auth0', async () => {
    await alice.call(blockPerson, { params: { personId: mallory.id }, body: {} })
    await stepsDone(harness, mallory.id)
    harness.auth0.setManagementFault({ mode: 'error', status: 503 })
    await alice.call(unblockPerson, { params: { personId: mallory.id } })
    await harness.sql`
      update revocation_steps set next_at = now() + interval '1 minute' where done_at is null`
    harness.auth0.setManagementFault({ mode: 'none' })
    await reconcileAuth0(harness.ctx)
    await tell('user.updated', { blocked: true })
    expect(await isIn()).toBe(true)
    await harness.sql`update revocation_steps set next_at = now() where done_at is null`
    await stepsDone(harness, mallory.id)
  })
})

test('who is deleted in Auth0 is out, even while Auth0 cannot be asked', async () => {
  await using world = await startHarness()
  const [owner, gone] = await arrive(world, ['alice', 'bob'])
  world.auth0.setManagementFault({ mode: 'down' })
  world.auth0.setEvents({ url: `${world.url}/auth0/events`, token: EVENTS_SECRET })
  world.auth0.remove('bob@example.com')
  await expect
    .poll(async () => refusal(gone!.call(getMe, {})).catch(() => 'in'), PATIENCE)
    .toBe('access-removed')
  expect(await owner!.call(getMe, {})).toMatchObject({ active: true })
})

async function isIn(): Promise<boolean> {
  // A sign-in of a moment later: tokens count in seconds, and those of the second of a block are refused.
  const later = Math.floor(Date.now() / 1000) + 2
  const token = await harness.auth0.accessTokenFor(MALLORY, { iat: later, exp: later + 300 })
  const headers = { authorization: `Bearer ${token}` }
  const { status } = await fetch(`${harness.url}/v1/me`, { headers })
  expect([200, 401]).toContain(status)
  return status === 200
}

function eventOf(type: string, object: object) {
  events += 1
  return {
    specversion: '1.0',
    id: `evt_${events}`,
    type,
    data: { object: { user_id: sub, ...object } },
  }
}

async function tell(type: string, object: object, options?: PostOptions): Promise<number> {
  return post(JSON.stringify(eventOf(type, object)), options)
}

interface PostOptions {
  authorization?: string | undefined
  url?: string
}

async function post(body: string, options: PostOptions = {}): Promise<number> {
  const { authorization, url } = {
    authorization: `Bearer ${EVENTS_SECRET}`,
    url: harness.url,
    ...options,
  }
  const { status } = await send(`${url}/auth0/events`, {
    method: 'POST',
    headers: [
      ['content-type', 'application/json'],
      ...(authorization === undefined ? [] : [['authorization', authorization] as const]),
    ],
    body,
  })
  return status
}

async function subOf({ sql }: Harness, { id }: Colleague): Promise<string> {
  const [person] = await sql<{ sub: string }[]>`
    select auth0_sub as sub from people where id = ${id}`
  return person?.sub ?? ''
}

async function actsAgainst({ id }: Colleague) {
  return harness.sql<{ action: string; actorId: string | null }[]>`
    select action, actor_id as "actorId" from audit
    where target ->> 'personId' = ${id} and action like 'person.%' order by number`
}

async function lastAct() {
  return (await actsAgainst(mallory)).at(-1)
}
