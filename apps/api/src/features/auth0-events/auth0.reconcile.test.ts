import { blockPerson, unblockPerson } from '@conclave/shared/admin'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Auth0Tenant, MALLORY, openAuth0Tenant } from '../../../test/auth0-tenant.ts'
import { atAuth0, stepsDone } from '../../../test/data-revocation.ts'
import { reconcileAuth0 } from './auth0.reconcile.ts'

let tenant: Auth0Tenant

beforeAll(async () => {
  tenant = await openAuth0Tenant()
})
afterEach(async () => {
  const { harness, isIn } = tenant
  harness.auth0.setManagementFault({ mode: 'none' })
  harness.auth0.unblock(MALLORY)
  await reconcileAuth0(harness.ctx)
  expect(await isIn()).toBe(true)
})
afterAll(async () => tenant.harness.close())

describe('without events, a reconciliation', () => {
  test('finds people who were blocked or unblocked in the dashboard', async () => {
    const { harness, isIn } = tenant
    harness.auth0.block(MALLORY)
    await reconcileAuth0(harness.ctx)
    expect(await isIn()).toBe(false)
    harness.auth0.unblock(MALLORY)
    await reconcileAuth0(harness.ctx)
    expect(await isIn()).toBe(true)
  })

  test('makes one request when nothing differs', async () => {
    const { harness } = tenant
    const before = harness.auth0.managementCalls().length
    await reconcileAuth0(harness.ctx)
    const calls = harness.auth0.managementCalls().slice(before)
    expect(calls).toEqual([{ method: 'GET', path: '/api/v2/users', status: 200 }])
  })

  test('keeps a block set in Conclave, and sends it to Auth0 again', async () => {
    const { harness, alice, mallory, isIn, tell } = tenant
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

  test('waits while a change of ours is on its way to Auth0', async () => {
    const { harness, alice, mallory, isIn, tell } = tenant
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
