import {
  blockPerson,
  listAdminPeople,
  unblockPerson,
  updatePersonRole,
} from '@conclave/shared/admin'
import { addMember, listMembers } from '@conclave/shared/members'
import { getMe, listPeople } from '@conclave/shared/people'
import { openDirect } from '@conclave/shared/rooms.create'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { publishedToTeam } from '../../../test/data-envelopes.ts'
import { everyPerson, foldedPeople } from '../../../test/data-lists.ts'
import { arrive, type Colleague, outcomeOf, refusal } from '../../../test/data-people.ts'
import { GENERAL, NOWHERE, roomOf, say } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

let harness: Harness
let alice: Colleague
let bob: Colleague
let carol: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  // The first person owns the workspace.
  const [one, two, three, four] = await arrive(harness, ['alice', 'bob', 'carol', 'mallory'])
  alice = one!
  bob = two!
  carol = three!
  mallory = four!
})
afterEach(async () => {
  await harness.sql`
    update people set
      blocked_at = null, not_before = null,
      role = case when id = ${alice.id} then 'owner' else 'member' end`
})
afterAll(async () => harness.close())

describe('somebody who is blocked', () => {
  test('is refused with every token, old and new, from the response on', async () => {
    expect((await mallory.call(getMe, {})).id).toBe(mallory.id)
    const blocked = await block(alice, mallory, 'Was not kind')
    expect(blocked).toMatchObject({
      id: mallory.id,
      active: false,
      blockedReason: 'Was not kind',
      blockedAt: expect.any(String),
    })
    const { call: again } = await harness.as('mallory@example.com')
    for (const call of [mallory.call, again]) {
      expect(await refusal(call(getMe, {}))).toBe('access-removed')
    }
    expect(await refusal(say(mallory, GENERAL, 'Hello?'))).toBe('access-removed')
  })

  test('is seen by the others as no longer active, under their name', async () => {
    const before = await everyPerson(bob)
    await block(alice, mallory)
    const after = await everyPerson(bob)
    expect(foldedPeople(before, await publishedToTeam(harness))).toEqual(after)
    expect(after.people.find(({ id }) => id === mallory.id)).toMatchObject({
      name: 'Mallory',
      active: false,
    })
  })

  test('stays in their rooms, and cannot be added to others', async () => {
    const room = await roomOf(alice, 'closed', [mallory])
    await block(alice, mallory)
    const { members } = await alice.call(listMembers, { params: { roomId: room.id } })
    expect(members.map(({ personId }) => personId)).toContain(mallory.id)
    const other = await roomOf(alice, 'closed')
    const add = { params: { roomId: other.id }, body: { personId: mallory.id } }
    expect(await refusal(alice.call(addMember, add))).toBe('person-not-found')
    const direct = { body: { people: [mallory.id, carol.id] } }
    expect(await refusal(alice.call(openDirect, direct))).toBe('person-not-found')
  })

  test('has their revocation steps listed', async () => {
    const { steps } = await block(alice, mallory)
    expect(steps.map(({ kind }) => kind)).toEqual([
      'sockets-closed',
      'auth0-blocked',
      'auth0-sessions-ended',
    ])
  })

  test('is blocked once, for the first reason, however often it is requested', async () => {
    await block(alice, mallory, 'First')
    const { rev } = await bob.call(listPeople, {})
    const again = await Promise.all([1, 2, 3].map(async () => block(alice, mallory, 'Again')))
    expect(again.map(({ blockedReason }) => blockedReason)).toEqual(['First', 'First', 'First'])
    expect((await bob.call(listPeople, {})).rev).toBe(rev)
  })

  test('comes back with a new token, and not with an old one', async () => {
    const room = await roomOf(alice, 'closed', [mallory])
    await block(alice, mallory)
    expect(await unblock(alice, mallory)).toMatchObject({ active: true, blockedReason: null })
    expect(await refusal(mallory.call(getMe, {}))).toBe('not-signed-in')
    await expect
      .poll(async () => {
        const { call } = await harness.as('mallory@example.com')
        return outcomeOf(call(getMe, {}))
      })
      .toBe('done')
    const { call } = await harness.as('mallory@example.com')
    await say({ ...mallory, call }, room.id, 'I am back')
  })
})

describe('who may block whom', () => {
  test.each([
    ['owner', 'admin', 'done'],
    ['owner', 'member', 'done'],
    ['owner', 'owner', 'done'],
    ['admin', 'owner', 'not-allowed'],
    ['admin', 'admin', 'not-allowed'],
    ['admin', 'member', 'done'],
    ['member', 'member', 'not-allowed'],
  ] as const)('%s blocks %s: %s', async (mine, theirs, outcome) => {
    await give(bob, mine)
    await give(carol, theirs)
    expect(await outcomeOf(block(bob, carol))).toBe(outcome)
    await give(carol, theirs)
    await harness.sql`update people set blocked_at = now() where id = ${carol.id}`
    expect(await outcomeOf(unblock(bob, carol))).toBe(outcome)
  })

  test('nobody blocks themselves', async () => {
    expect(await outcomeOf(block(alice, alice))).toBe('own-account')
    expect((await alice.call(getMe, {})).id).toBe(alice.id)
  })

  test('of two owners who block each other at once, one remains', async () => {
    await give(bob, 'owner')
    const outcomes = await Promise.all([outcomeOf(block(alice, bob)), outcomeOf(block(bob, alice))])
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
    const people = await harness.sql`
      select id from people where role = 'owner' and blocked_at is null`
    expect(people).toHaveLength(1)
  })

  test('an unknown person cannot be blocked', async () => {
    expect(await outcomeOf(block(alice, { ...bob, id: NOWHERE }))).toBe('person-not-found')
  })
})

describe('roles in the workspace', () => {
  test('are changed by owners only, and count from the next request on', async () => {
    expect(await outcomeOf(bob.call(listAdminPeople, {}))).toBe('not-allowed')
    expect(await appoint(alice, bob, 'admin')).toMatchObject({ role: 'admin' })
    expect(await outcomeOf(bob.call(listAdminPeople, {}))).toBe('done')
    expect(await outcomeOf(appoint(bob, carol, 'admin'))).toBe('not-allowed')
    expect(await outcomeOf(appoint(bob, bob, 'owner'))).toBe('not-allowed')
    await appoint(alice, bob, 'member')
    expect(await outcomeOf(bob.call(listAdminPeople, {}))).toBe('not-allowed')
  })

  test('leave the workspace an owner, also when two step down at once', async () => {
    expect(await outcomeOf(appoint(alice, alice, 'member'))).toBe('last-owner')
    await give(bob, 'owner')
    const outcomes = await Promise.all([
      outcomeOf(appoint(alice, alice, 'member')),
      outcomeOf(appoint(bob, bob, 'member')),
    ])
    expect(outcomes.toSorted()).toEqual(['done', 'last-owner'])
  })

  test('show owners and admins everybody, e-mail addresses included', async () => {
    const { people } = await alice.call(listAdminPeople, {})
    expect(people.map(({ email }) => email)).toEqual([
      'alice@example.com',
      'bob@example.com',
      'carol@example.com',
      'mallory@example.com',
    ])
  })
})

async function block({ call }: Colleague, { id: personId }: Colleague, reason?: string) {
  return call(blockPerson, { params: { personId }, body: reason === undefined ? {} : { reason } })
}

async function unblock({ call }: Colleague, { id: personId }: Colleague) {
  return call(unblockPerson, { params: { personId } })
}

async function appoint(
  { call }: Colleague,
  { id: personId }: Colleague,
  role: 'owner' | 'admin' | 'member',
) {
  return call(updatePersonRole, { params: { personId }, body: { role } })
}

async function give({ id }: Colleague, role: string): Promise<void> {
  await harness.sql`update people set role = ${role} where id = ${id}`
}
