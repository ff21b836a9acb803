import { blockPerson, unblockPerson } from '@conclave/shared/admin'
import { getMe } from '@conclave/shared/people'
import { endSession, listSessions } from '@conclave/shared/sessions'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { arrive, type Colleague, refusal } from '../../../test/data-people.ts'
import { atAuth0, stepsDone, stepsOf } from '../../../test/data-revocation.ts'
import { setVendor } from '../../../test/data-vendor.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'
import { openPusher } from '../../../test/pusher-client.ts'

/** A round trip to a vendor takes a while on a busy machine. */

let harness: Harness
let alice: Colleague
let bob: Colleague
let carol: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const people = await arrive(harness, ['alice', 'bob', 'carol', 'mallory'])
  alice = people[0]!
  bob = people[1]!
  carol = people[2]!
  mallory = people[3]!
})
afterEach(async () => {
  harness.auth0.setManagementFault({ mode: 'none' })
  await setVendor(harness, { mode: 'none' })
})
afterAll(async () => harness.close())

test('a blocked person loses their connection, is blocked at Auth0 and has no session left there', async () => {
  const { token } = await harness.as('bob@example.com')
  await using pusher = openPusher(harness, token)
  await pusher.signIn()
  expect(harness.pusher.stats().connections).toBe(1)
  await block(bob)
  expect(await stepsDone(harness, bob.id)).toMatchObject([
    { kind: 'sockets-closed', done: true, note: null },
    { kind: 'auth0-blocked', done: true, note: null },
    { kind: 'auth0-sessions-ended', done: true, note: null },
  ])
  await expect.poll(() => harness.pusher.stats().connections).toBe(0)
  expect(await atAuth0(harness, bob.id)).toEqual({ blocked: true })
  expect(asked('POST', '/revoke-access')).not.toHaveLength(0)
  await unblock(bob)
  await stepsDone(harness, bob.id)
  expect(await atAuth0(harness, bob.id)).toEqual({ blocked: false })
})

test('of two sessions the one that was ended is ended at Auth0, and no other', async () => {
  const [kept, lost] = [
    await harness.as('alice@example.com'),
    await harness.as('alice@example.com'),
  ]
  for (const { call } of [kept, lost]) await call(getMe, {})
  const { sessions } = await lost.call(listSessions, {})
  const { id: sessionId } = sessions.find(({ current }) => current)!
  await kept.call(endSession, { params: { sessionId } })
  await stepsDone(harness, alice.id)
  const [row] = await harness.sql<
    { sid: string }[]
  >`select sid from sessions where id = ${sessionId}`
  expect(asked('POST', '/revoke-access').at(-1)?.body).toEqual({ session_id: row?.sid })
  expect(await kept.call(getMe, {})).toMatchObject({ name: 'Alice' })
})

test('she is blocked while both vendors are down, and they follow when they are back', async () => {
  const { length: before } = await stepsOf(harness, mallory.id)
  harness.auth0.setManagementFault({ mode: 'down' })
  await setVendor(harness, { mode: 'down' })
  await block(mallory)
  expect(await refusal(mallory.call(getMe, {}))).toBe('access-removed')
  await expect
    .poll(async () =>
      (await stepsOf(harness, mallory.id)).slice(before).map(({ attempts }) => attempts > 0),
    )
    .toEqual([true, true, true])
  harness.auth0.setManagementFault({ mode: 'none' })
  await setVendor(harness, { mode: 'none' })
  const steps = (await stepsDone(harness, mallory.id)).slice(before)
  expect(steps.map(({ note }) => note)).toEqual([null, null, null])
  expect(await atAuth0(harness, mallory.id)).toEqual({ blocked: true })
  await unblock(mallory)
  await stepsDone(harness, mallory.id)
})

test('a step that is not done after a minute is an error in the log, a younger one is not', async () => {
  harness.auth0.setManagementFault({ mode: 'limited' })
  await block(carol)
  await expect.poll(async () => failures('warn', carol)).not.toHaveLength(0)
  expect(failures('error', carol)).toHaveLength(0)
  await harness.sql`
    update revocation_steps set created_at = now() - interval '61 seconds', next_at = now()
    where person_id = ${carol.id}`
  await expect.poll(async () => failures('error', carol)).not.toHaveLength(0)
  expect(failures('error', carol)[0]).toMatchObject({ reason: expect.stringContaining('429') })
  harness.auth0.setManagementFault({ mode: 'none' })
  await unblock(carol)
  await stepsDone(harness, carol.id)
})

test('blocked and unblocked while Auth0 is down: only the last change is sent to Auth0', async () => {
  harness.auth0.setManagementFault({ mode: 'error', status: 503 })
  await block(mallory)
  await expect
    .poll(async () => (await stepOf(mallory, 'auth0-blocked')).attempts)
    .toBeGreaterThan(0)
  await unblock(mallory)
  harness.auth0.setManagementFault({ mode: 'none' })
  await stepsDone(harness, mallory.id)
  expect(await stepOf(mallory, 'auth0-blocked')).toMatchObject({ note: 'superseded' })
  expect(await stepOf(mallory, 'auth0-unblocked')).toMatchObject({ done: true, note: null })
  expect(await atAuth0(harness, mallory.id)).toEqual({ blocked: false })
})

test('a Pusher that hangs does not delay Auth0', async () => {
  await setVendor(harness, { mode: 'slow', delayMs: 60_000 })
  await block(mallory)
  await expect.poll(async () => (await stepOf(mallory, 'auth0-blocked')).done).toBe(true)
  expect(await stepOf(mallory, 'sockets-closed')).toMatchObject({ done: false })
  await setVendor(harness, { mode: 'none' })
  await stepsDone(harness, mallory.id)
  await unblock(mallory)
  await stepsDone(harness, mallory.id)
})

test('each step is performed by one of several instances', async () => {
  const others = await Promise.all([harness.another(), harness.another()])
  const before = asked('POST', '/revoke-access').length
  await block(mallory)
  for (const { ctx } of [harness, ...others]) ctx.revocation.wake()
  const steps = await stepsDone(harness, mallory.id)
  const { attempts } = steps.findLast(({ kind }) => kind === 'auth0-sessions-ended')!
  expect(asked('POST', '/revoke-access')).toHaveLength(before + attempts)
  await unblock(mallory)
  await stepsDone(harness, mallory.id)
})

test('without credentials for Auth0 its steps are skipped as unavailable', async () => {
  const env = { AUTH0_MANAGEMENT_CLIENT_ID: '', AUTH0_MANAGEMENT_CLIENT_SECRET: '' }
  await using poor = await startHarness({ env })
  const [owner, other] = await arrive(poor, ['alice', 'bob'])
  await owner!.call(blockPerson, { params: { personId: other!.id }, body: {} })
  const steps = await stepsDone(poor, other!.id)
  expect(steps.map(({ kind, note }) => [kind, note])).toEqual([
    ['sockets-closed', null],
    ['auth0-blocked', 'unavailable'],
    ['auth0-sessions-ended', 'unavailable'],
  ])
  expect(poor.auth0.managementCalls()).toEqual([])
})

async function block({ id }: Colleague): Promise<void> {
  await alice.call(blockPerson, { params: { personId: id }, body: {} })
}

async function unblock({ id }: Colleague): Promise<void> {
  await alice.call(unblockPerson, { params: { personId: id } })
}

/** The newest step of a kind. */
async function stepOf({ id }: Colleague, kind: string) {
  const step = (await stepsOf(harness, id)).findLast((step) => step.kind === kind)
  if (!step) throw new Error(`There is no step ${kind}`)
  return step
}

function asked(method: string, ending: string) {
  return harness.auth0
    .managementCalls()
    .filter((call) => call.method === method && call.path.endsWith(ending))
}

function failures(level: string, { id }: Colleague) {
  return harness.log
    .lines()
    .filter((line) => line['level'] === level && line['personId'] === id && line['kind'])
}
