import { addMember, listMembers } from '@conclave/shared/members'
import { getRoom } from '@conclave/shared/rooms'
import { openDirect } from '@conclave/shared/rooms.create'
import { foldRooms } from '@conclave/shared/rooms.fold'
import { everyPage } from '@conclave/shared/pages'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  folded,
  foldRoomOf,
  publishedToPerson,
  publishedToRoom,
} from '../../../test/data-envelopes.ts'
import { everyRoom } from '../../../test/data-lists.ts'
import { arrive, type Colleague, refusal, withoutInstance } from '../../../test/data-people.ts'
import { NOWHERE, roomOf } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

let harness: Harness
let alice: Colleague
let bob: Colleague
let carol: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two, three, four] = await arrive(harness, ['alice', 'bob', 'carol', 'mallory'])
  alice = one!
  bob = two!
  carol = three!
  mallory = four!
})
afterAll(async () => harness.close())

test('the others see an added member, who gets the room', async () => {
  const room = await roomOf(alice, 'closed')
  const at = { params: { roomId: room.id } }
  const oldRooms = await everyRoom(bob)
  const member = await add(alice, room.id, bob)
  expect(member).toMatchObject({ personId: bob.id, role: 'member' })
  const told = await publishedToRoom(harness, room.id)
  expect(told.at(-1)?.data).toEqual(member)
  expect((await bob.call(listMembers, at)).members).toContainEqual(member)
  expect(folded(room, told, foldRoomOf(alice.id))).toEqual(await alice.call(getRoom, at))
  const notices = await publishedToPerson(harness, bob.id)
  expect(folded(oldRooms, notices, foldRooms)).toEqual(await everyRoom(bob))
})

test('adding a member again changes nothing and emits nothing', async () => {
  const room = await roomOf(alice, 'closed')
  const added = await Promise.all(Array.from({ length: 10 }, async () => add(alice, room.id, bob)))
  expect(new Set(added.map((member) => JSON.stringify(member))).size).toBe(1)
  expect(await add(alice, room.id, alice)).toMatchObject({ role: 'owner' })
  expect(await publishedToRoom(harness, room.id)).toHaveLength(1)
})

test('anyone may join an open room, and every member may add others', async () => {
  const room = await roomOf(alice, 'open')
  expect(await refusal(add(bob, room.id, carol))).toBe('not-allowed')
  expect(await add(bob, room.id, bob)).toMatchObject({ role: 'member' })
  expect(await add(bob, room.id, carol)).toMatchObject({ personId: carol.id })
})

test('only the owner and moderators add members to a closed room', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  expect(await refusal(add(bob, room.id, carol))).toBe('not-allowed')
  await harness.sql`
    update memberships set role = 'moderator'
    where room_id = ${room.id} and person_id = ${bob.id}`
  expect(await add(bob, room.id, carol)).toMatchObject({ personId: carol.id })
})

test('nobody can be added to a direct or an archived room', async () => {
  const direct = await alice.call(openDirect, { body: { people: [bob.id] } })
  expect(await refusal(add(alice, direct.id, carol))).toBe('not-allowed')
  const room = await roomOf(alice, 'open')
  await harness.sql`update rooms set archived_at = now() where id = ${room.id}`
  expect(await refusal(add(alice, room.id, carol))).toBe('not-allowed')
  await harness.sql`update rooms set archived_at = null where id = ${room.id}`
  expect(await add(alice, room.id, carol)).toMatchObject({ personId: carol.id })
})

test('only people who exist and have access can be added', async () => {
  const room = await roomOf(alice, 'closed')
  expect(await refusal(add(alice, room.id, { id: NOWHERE }))).toBe('person-not-found')
  await harness.sql`update people set blocked_at = now() where id = ${bob.id}`
  expect(await refusal(add(alice, room.id, bob))).toBe('person-not-found')
  await harness.sql`update people set blocked_at = null where id = ${bob.id}`
  expect(await add(alice, room.id, bob)).toMatchObject({ personId: bob.id })
})

describe('the members of a room', () => {
  test('are listed with who they are: owners, then moderators, then the others, each by name', async () => {
    const room = await roomOf(mallory, 'closed', [carol, bob, alice])
    await harness.sql`
      update memberships set role = 'moderator'
      where room_id = ${room.id} and person_id = ${carol.id}`
    const inOrder = [mallory, carol, alice, bob].map(({ id }) => id)
    const at = { params: { roomId: room.id } }
    const page = await bob.call(listMembers, at)
    expect(page).toMatchObject({ owners: 1, rev: 3 })
    expect(page.members.map(({ personId }) => personId)).toEqual(inOrder)
    expect(page.named?.people.map(({ id }) => id)).toEqual(inOrder)
    const pages = await everyPage((query) =>
      bob.call(listMembers, { ...at, query: { ...query, limit: '1' } }),
    )
    expect(pages.map(({ members: [member] }) => member?.personId)).toEqual(inOrder)
  })

  test('are found by a part of their name, and nobody else is', async () => {
    const room = await roomOf(mallory, 'closed', [bob])
    const found = async (search: string) => {
      const at = { params: { roomId: room.id }, query: { search } }
      const { members, named, owners } = await bob.call(listMembers, at)
      expect([named?.people.map(({ id }) => id), owners]).toEqual([
        members.map(({ personId }) => personId),
        1,
      ])
      return members.map(({ personId }) => personId)
    }
    expect(await found('MAL')).toEqual([mallory.id])
    expect(await found('B')).toEqual([bob.id])
    // She is in the team, and not in this room.
    expect(await found('carol')).toEqual([])
    expect(await found('%')).toEqual([])
  })
})

test('for mallory, outside, a closed room does not exist', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const requests: [string, unknown?][] = [['GET'], ['POST', { personId: mallory.id }]]
  for (const [method, body] of requests) {
    const here = await mallory.send(method, `/v1/rooms/${room.id}/members`, body)
    const absent = await mallory.send(method, `/v1/rooms/${NOWHERE}/members`, body)
    expect(here.status).toBe(404)
    expect(withoutInstance(here.text)).toBe(withoutInstance(absent.text))
    expect((await alice.send(method, `/v1/rooms/${room.id}/members`, body)).status).toBe(200)
  }
})

async function add(who: Colleague, roomId: string, { id }: { id: string }) {
  return who.call(addMember, { params: { roomId }, body: { personId: id } })
}
