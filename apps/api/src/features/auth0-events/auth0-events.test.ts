import { unblockPerson } from '@conclave/shared/admin'
import { getMe } from '@conclave/shared/people'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Auth0Tenant, MALLORY, openAuth0Tenant } from '../../../test/auth0-tenant.ts'
import { arrive, refusal } from '../../../test/data-people.ts'
import { stepsDone } from '../../../test/data-revocation.ts'
import { EVENTS_SECRET, startHarness } from '../../../test/harness.ts'
import { reconcileAuth0 } from './auth0.reconcile.ts'

/** A round trip to a vendor takes a while on a busy machine. */

let tenant: Auth0Tenant

beforeAll(async () => {
  tenant = await openAuth0Tenant()
})
afterEach(async () => {
  const { harness, isIn } = tenant
  harness.auth0.setManagementFault({ mode: 'none' })
  harness.auth0.setEvents(undefined)
  harness.auth0.unblock(MALLORY)
  await reconcileAuth0(harness.ctx)
  expect(await isIn()).toBe(true)
})
afterAll(async () => tenant.harness.close())

test('a person blocked in the dashboard is refused shortly after, and returns when unblocked there', async () => {
  const { harness, mallory, isIn, actsAgainstMallory } = tenant
  harness.auth0.setEvents({ url: `${harness.url}/auth0/events`, token: EVENTS_SECRET })
  expect(await isIn()).toBe(true)
  const before = await stepsDone(harness, mallory.id)
  harness.auth0.block(MALLORY)
  await expect.poll(isIn).toBe(false)
  const steps = (await stepsDone(harness, mallory.id)).slice(before.length)
  expect(steps.map(({ kind }) => kind)).toEqual(['sockets-closed', 'auth0-sessions-ended'])
  expect((await actsAgainstMallory()).at(-1)).toEqual({ action: 'person.blocked', actorId: null })
  harness.auth0.unblock(MALLORY)
  await expect.poll(isIn).toBe(true)
  expect((await actsAgainstMallory()).at(-1)).toEqual({ action: 'person.unblocked', actorId: null })
})

describe('an event is refused', () => {
  test.each([
    ['without a secret', undefined],
    ['with another secret', `Bearer ${EVENTS_SECRET.replace('a', 'b')}`],
    ['with the beginning of the secret', `Bearer ${EVENTS_SECRET.slice(0, 20)}`],
    ['with the secret and more', `Bearer ${EVENTS_SECRET}1`],
    ['with the secret as a password', `Basic ${EVENTS_SECRET}`],
  ])('%s', async (_, authorization) => {
    const { harness, isIn, tell } = tenant
    harness.auth0.block(MALLORY)
    expect(await tell('user.updated', { blocked: true }, { authorization })).toBe(401)
    expect(await isIn()).toBe(true)
    expect(await tell('user.updated', { blocked: true })).toBe(200)
    expect(await isIn()).toBe(false)
  })

  test('of another form', async () => {
    const { tell, post } = tenant
    expect(await post('{"id":"evt_x","type":"user.updated"}')).toBe(400)
    expect(await post('not json')).toBe(400)
    expect(await tell('user.updated', { blocked: false })).toBe(200)
  })

  test.each([
    ['NUL in its id', (id: string) => ({ id: `${id}\0` })],
    ['half a letter in its id', (id: string) => ({ id: `${id}\ud83d` })],
    ['a number for an id', () => ({ id: 1 })],
    ['an id without end', () => ({ id: 'x'.repeat(256) })],
    ['NUL in a person', () => ({ data: { object: { user_id: 'auth0|\0' } } })],
    ['half a letter in a person', () => ({ data: { object: { user_id: 'auth0|\udc00' } } })],
    ['a person without end', () => ({ data: { object: { user_id: 'x'.repeat(256) } } })],
    ['no object', () => ({ data: { object: null } })],
    ['no data', () => ({ data: null })],
    ['a list for data', () => ({ data: [] })],
    ['text for a yes', () => ({ data: { object: { blocked: 'true' } } })],
    ['NUL in its type', () => ({ type: 'user.updated\0' })],
  ])('or not, but never failed at: %s', async (what, change) => {
    const { post, eventOf } = tenant
    const event = eventOf('user.updated', { blocked: false }) as { id: string }
    const status = await post(JSON.stringify({ ...event, ...change(event.id) }))
    // Other types of Auth0's events are ignored.
    expect(status).toBe(what === 'NUL in its type' ? 200 : 400)
    expect(await post(JSON.stringify(event))).toBe(200)
  })

  test.each(['null', '[]', '1', '"text"', '[[', ''])('as %j', async (body) => {
    expect(await tenant.post(body)).toBe(400)
  })

  test('by an api that has no secret', async () => {
    const { harness, post, eventOf } = tenant
    await using open = await harness.another({ AUTH0_EVENTS_SECRET: '' })
    const event = JSON.stringify(eventOf('user.updated', { blocked: false }))
    expect(await post(event, { url: open.url, authorization: 'Bearer ' })).toBe(401)
    expect(await post(event, { url: open.url, authorization: 'Bearer undefined' })).toBe(401)
    expect(await post(event)).toBe(200)
  })
})

describe('the current state is read back from Auth0', () => {
  test('an unblocking that overtook the block, and is older, changes nothing', async () => {
    const { harness, isIn, tell } = tenant
    harness.auth0.block(MALLORY)
    await tell('user.updated', { blocked: true })
    await tell('user.updated', { blocked: false })
    expect(await isIn()).toBe(false)
  })

  test('a block that arrives after it was lifted changes nothing', async () => {
    const { isIn, tell } = tenant
    await tell('user.updated', { blocked: true })
    expect(await isIn()).toBe(true)
  })

  test('the same event again changes nothing either', async () => {
    const { harness, alice, mallory, isIn, post, eventOf, actsAgainstMallory } = tenant
    harness.auth0.block(MALLORY)
    const event = JSON.stringify(eventOf('user.updated', { blocked: true }))
    const answers = await Promise.all(Array.from({ length: 20 }, async () => post(event)))
    expect(new Set(answers)).toEqual(new Set([200]))
    const [row] = await harness.sql<{ blocks: number }[]>`
      select count(*) as blocks from revocation_steps
      where person_id = ${mallory.id} and kind = 'sockets-closed' and done_at is null`
    expect(row?.blocks).toBeLessThan(2)
    const acts = await actsAgainstMallory()
    await alice.call(unblockPerson, { params: { personId: mallory.id } })
    await stepsDone(harness, mallory.id)
    expect(await post(event)).toBe(200)
    expect(await isIn()).toBe(true)
    expect((await actsAgainstMallory()).length).toBe(acts.length + 1)
  })

  test('an event about an unknown person, or of another kind, is accepted and ignored', async () => {
    const { harness, isIn, tell } = tenant
    harness.auth0.block(MALLORY)
    expect(await tell('user.updated', { blocked: true, user_id: 'auth0|stranger' })).toBe(200)
    expect(await tell('organization.created', { blocked: true })).toBe(200)
    expect(await isIn()).toBe(true)
    await tell('user.updated', { blocked: true })
    expect(await isIn()).toBe(false)
  })

  test('while Auth0 is unreachable a block is applied, and an unblocking is not', async () => {
    const { harness, isIn, tell } = tenant
    harness.auth0.setManagementFault({ mode: 'error', status: 503 })
    await tell('user.updated', { blocked: true })
    expect(await isIn()).toBe(false)
    await tell('user.updated', { blocked: false })
    expect(await isIn()).toBe(false)
  })
})

test('without credentials only blocks are applied', async () => {
  const { harness, isIn, tell } = tenant
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

test('a person deleted in Auth0 is blocked, even while Auth0 is unreachable', async () => {
  await using world = await startHarness()
  const [owner, gone] = await arrive(world, ['alice', 'bob'])
  world.auth0.setManagementFault({ mode: 'down' })
  world.auth0.setEvents({ url: `${world.url}/auth0/events`, token: EVENTS_SECRET })
  world.auth0.remove('bob@example.com')
  await expect
    .poll(async () => refusal(gone!.call(getMe, {})).catch(() => 'in'))
    .toBe('access-removed')
  expect(await owner!.call(getMe, {})).toMatchObject({ active: true })
})
