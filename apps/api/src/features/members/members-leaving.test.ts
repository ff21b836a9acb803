import { authorizeChannels } from '@conclave/shared/channel-auth'
import { channelName } from '@conclave/shared/channels'
import { addMember, listMembers, removeMember, updateMember } from '@conclave/shared/members'
import { listChanges } from '@conclave/shared/messages'
import { getRoom, listDirectory, listRooms, type Room, type RoomRole } from '@conclave/shared/rooms'
import { openDirect } from '@conclave/shared/rooms.create'
import { foldRooms } from '@conclave/shared/rooms.fold'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  folded,
  foldRoomOf,
  publishedToPerson,
  publishedToRoom,
} from '../../../test/data-envelopes.ts'
import { everyRoom } from '../../../test/data-lists.ts'
import { listen } from '../../../test/data-listening.ts'
import { arrive, type Colleague, outcomeOf, refusal } from '../../../test/data-people.ts'
import { roomOf, say } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'
import { connectionOf, waitingFor } from '../../../test/lock-waits.ts'

let harness: Harness
let owner: Colleague
let alice: Colleague
let bob: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  // Whoever comes first owns the workspace, which in a room of theirs amounts to owning it.
  const [one, two, three, four] = await arrive(harness, ['carol', 'alice', 'bob', 'mallory'])
  owner = one!
  alice = two!
  bob = three!
  mallory = four!
})
afterAll(async () => harness.close())

describe('somebody who is taken out', () => {
  test('is no longer a member for the others, and no longer has the room', async () => {
    const room = await roomOf(alice, 'closed', [bob])
    const at = { params: { roomId: room.id } }
    await listen(alice)
    const [oldRoom, bobsRooms, alicesRooms] = [
      await alice.call(getRoom, at),
      await everyRoom(bob),
      await everyRoom(alice),
    ]
    await takeOut(alice, room, bob)

    const told = await publishedToRoom(harness, room.id)
    expect((await alice.call(listMembers, at)).members).toMatchObject([{ personId: alice.id }])
    const toBob = await publishedToPerson(harness, bob.id)
    expect(folded(bobsRooms, toBob, foldRooms)).toEqual(await everyRoom(bob))
    const toAlice = await publishedToPerson(harness, alice.id)
    const rooms = folded(alicesRooms, toAlice, foldRooms)
    expect(rooms.rooms.find(({ id }) => id === room.id)?.epoch).toBe(room.epoch + 1)
    // What happened in the room is told in the room, its new epoch to each member who is connected.
    const { epoch } = await alice.call(getRoom, at)
    expect({ ...folded(oldRoom, told, foldRoomOf(alice.id)), epoch }).toEqual(
      await alice.call(getRoom, at),
    )
  })

  test('is removed by a catch-up of a member who missed the event', async () => {
    const room = await roomOf(alice, 'closed', [bob, mallory])
    const { rev } = await alice.call(getRoom, { params: { roomId: room.id } })
    await takeOut(alice, room, bob)
    await takeOut(alice, room, mallory)
    await alice.call(addMember, { params: { roomId: room.id }, body: { personId: mallory.id } })
    const changes = await alice.call(listChanges, {
      params: { roomId: room.id },
      query: { after: String(rev) },
    })
    expect(changes).toMatchObject({ left: [bob.id], members: [{ personId: mallory.id }] })
  })

  test('gets not found for the room, and no signature for its channel', async () => {
    const room = await roomOf(alice, 'closed', [bob])
    const at = { params: { roomId: room.id } }
    expect((await bob.call(getRoom, at)).id).toBe(room.id)
    await takeOut(alice, room, bob)
    expect(await refusal(bob.call(getRoom, at))).toBe('room-not-found')
    expect(await refusal(say(bob, room.id, 'Still here?'))).toBe('room-not-found')
    expect(await refusal(takeOut(bob, room, bob))).toBe('room-not-found')
    const names = [room.epoch, room.epoch + 1].map((epoch) =>
      channelName({ kind: 'room', roomId: room.id, epoch }),
    )
    const signed = async ({ call }: Colleague) =>
      call(authorizeChannels, { body: { socket_id: '1.1', channel_names: names } })
    expect(await signed(bob)).toEqual({ channels: {} })
    expect(Object.keys((await signed(alice)).channels)).toEqual([names[1]])
  })

  test('may be added again, and then reads with a new key', async () => {
    const room = await roomOf(alice, 'closed', [bob])
    await takeOut(alice, room, bob)
    await alice.call(addMember, { params: { roomId: room.id }, body: { personId: bob.id } })
    const back = await bob.call(getRoom, { params: { roomId: room.id } })
    expect(back).toMatchObject({ id: room.id, epoch: room.epoch + 1 })
    await say(bob, room.id, 'Thank you')
  })
})

test('moving the read position and taking the same person out at once take locks in one order', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  let removing: Promise<unknown> = Promise.resolve()
  await harness.owner.begin(async (reading) => {
    // As `moveRead` does: the membership, then the person.
    await reading`
      select from memberships where room_id = ${room.id} and person_id = ${bob.id} for update`
    removing = outcomeOf(
      alice.call(removeMember, { params: { roomId: room.id, personId: bob.id } }),
    )
    const holder = await connectionOf(reading)
    await expect.poll(async () => waitingFor(harness.sql, holder)).toHaveLength(1)
    await reading`select from people where id = ${bob.id} for no key update nowait`
  })
  expect(await removing).toBe('done')
})

describe('somebody who is kept out of an open room', () => {
  test('cannot join it by themselves, and gets the reason', async () => {
    const room = await roomOf(alice, 'open', [bob, mallory])
    await keepOut(alice, room, bob)
    await takeOut(alice, room, mallory)
    expect(await join(bob, room)).toBe('kept-out')
    expect(await shown(bob, room)).toMatchObject({ keptOut: true, joined: false })
    expect(await refusal(bob.call(getRoom, { params: { roomId: room.id } }))).toBe('room-not-found')
    // Who was only taken out is not.
    expect(await shown(mallory, room)).toMatchObject({ keptOut: false, joined: false })
    expect(await join(mallory, room)).toBe('done')
    expect(await join(bob, room)).toBe('kept-out')
  })

  test('comes back once a member adds them, and may then leave and join as they like', async () => {
    const room = await roomOf(alice, 'open', [bob, mallory])
    await keepOut(alice, room, bob)
    const at = { params: { roomId: room.id }, body: { personId: bob.id } }
    expect(await outcomeOf(mallory.call(addMember, at))).toBe('done')
    expect(await shown(bob, room)).toMatchObject({ keptOut: false, joined: true })
    await takeOut(bob, room, bob)
    expect(await join(bob, room)).toBe('done')
  })

  test('cannot be added by an outsider, nor by an owner of the workspace who is outside', async () => {
    const room = await roomOf(alice, 'open', [bob, owner])
    await keepOut(alice, room, bob)
    await keepOut(alice, room, owner)
    expect(await join(owner, room)).toBe('kept-out')
    const at = { params: { roomId: room.id }, body: { personId: bob.id } }
    expect(await refusal(mallory.call(addMember, at))).toBe('not-allowed')
  })

  test('and the audit log says so', async () => {
    const room = await roomOf(alice, 'open', [bob])
    await keepOut(alice, room, bob)
    expect(await join(bob, room)).toBe('kept-out')
    await alice.call(addMember, { params: { roomId: room.id }, body: { personId: bob.id } })
    const acts = async () =>
      harness.sql<{ action: string; before: object; after: object; problem: string | null }[]>`
        select action, before, after, problem from audit
        where target ->> 'roomId' = ${room.id} and target ->> 'personId' = ${bob.id}
        order by number`
    await expect
      .poll(acts)
      .toEqual(
        expect.arrayContaining([
          expect.objectContaining({ action: 'member.removed', after: { keptOut: true } }),
          expect.objectContaining({ action: 'addMember', problem: 'kept-out' }),
          expect.objectContaining({ action: 'member.added', before: { keptOut: true } }),
        ]),
      )
  })

  test.each<[kind: 'open' | 'closed', mine: RoomRole, theirs: RoomRole, outcome: string]>([
    ['open', 'owner', 'member', 'done'],
    ['open', 'moderator', 'member', 'done'],
    ['open', 'member', 'member', 'not-allowed'],
    ['open', 'moderator', 'moderator', 'not-allowed'],
    ['closed', 'owner', 'member', 'not-allowed'],
  ])('%s: by %s, %s: %s', async (kind, mine, theirs, outcome) => {
    const room = await roomOf(alice, kind, [bob, mallory])
    await promote(room, bob, mine)
    await promote(room, mallory, theirs)
    expect(await outcomeOf(keepOut(bob, room, mallory))).toBe(outcome)
  })

  test('is somebody else', async () => {
    const room = await roomOf(alice, 'open', [bob])
    expect(await outcomeOf(keepOut(bob, room, bob))).toBe('own-account')
    expect(await outcomeOf(takeOut(bob, room, bob))).toBe('done')
  })
})

describe('who may take whom out', () => {
  test.each<[mine: RoomRole, theirs: RoomRole, outcome: string]>([
    ['owner', 'owner', 'done'],
    ['owner', 'moderator', 'done'],
    ['owner', 'member', 'done'],
    ['moderator', 'owner', 'not-allowed'],
    ['moderator', 'moderator', 'not-allowed'],
    ['moderator', 'member', 'done'],
    ['member', 'member', 'not-allowed'],
    ['member', 'owner', 'not-allowed'],
  ])('%s takes out %s: %s', async (mine, theirs, outcome) => {
    const room = await roomOf(alice, 'closed', [bob, mallory])
    await promote(room, bob, mine)
    await promote(room, mallory, theirs)
    expect(await outcomeOf(takeOut(bob, room, mallory))).toBe(outcome)
  })

  test('anyone may leave, but the last owner only when nobody else is left', async () => {
    const room = await roomOf(alice, 'closed', [bob])
    expect(await refusal(takeOut(alice, room, alice))).toBe('last-owner')
    await takeOut(bob, room, bob)
    await takeOut(alice, room, alice)
    expect((await alice.call(listRooms, {})).rooms.map(({ id }) => id)).not.toContain(room.id)
  })

  test('an owner of the workspace may, in rooms they are in, and does not see the others', async () => {
    const within = await roomOf(alice, 'closed', [owner, bob])
    const without = await roomOf(alice, 'closed', [bob])
    expect(await outcomeOf(takeOut(owner, within, bob))).toBe('done')
    expect(await outcomeOf(takeOut(owner, without, bob))).toBe('room-not-found')
  })

  test('nobody leaves a direct room or is taken out of one', async () => {
    const direct = await alice.call(openDirect, { body: { people: [bob.id] } })
    expect(await outcomeOf(takeOut(alice, direct, bob))).toBe('not-allowed')
    expect(await outcomeOf(takeOut(alice, direct, alice))).toBe('not-allowed')
  })

  test('somebody who is not in the room cannot be taken out of it', async () => {
    const room = await roomOf(alice, 'closed')
    expect(await outcomeOf(takeOut(alice, room, bob))).toBe('person-not-found')
  })
})

describe('roles', () => {
  test('a new role is published to the room and to the person who has it', async () => {
    const room = await roomOf(alice, 'closed', [bob])
    const at = { params: { roomId: room.id } }
    const oldRoom = await bob.call(getRoom, at)
    const oldRooms = await everyRoom(bob)
    expect(await promote(room, bob, 'moderator')).toMatchObject({ role: 'moderator' })
    const told = await publishedToRoom(harness, room.id)
    const { membersRev, memberCount } = folded(oldRoom, told, foldRoomOf(bob.id))
    expect(await bob.call(getRoom, at)).toMatchObject({ membersRev, memberCount })
    expect(membersRev).toBeGreaterThan(oldRoom.membersRev)
    expect((await bob.call(listMembers, at)).members).toMatchObject([
      { personId: alice.id, role: 'owner' },
      { personId: bob.id, role: 'moderator' },
    ])
    const rooms = folded(oldRooms, await publishedToPerson(harness, bob.id), foldRooms)
    expect(rooms.rooms.find(({ id }) => id === room.id)?.role).toBe('moderator')
    expect((await bob.call(getRoom, at)).role).toBe('moderator')
  })

  test('are changed by an owner only', async () => {
    const room = await roomOf(alice, 'closed', [bob, mallory])
    expect(await outcomeOf(promote(room, mallory, 'owner', bob))).toBe('not-allowed')
    await promote(room, bob, 'moderator')
    expect(await outcomeOf(promote(room, mallory, 'moderator', bob))).toBe('not-allowed')
    await promote(room, bob, 'owner')
    expect(await outcomeOf(promote(room, mallory, 'moderator', bob))).toBe('done')
  })

  test('a room keeps an owner, also when two owners step down at once', async () => {
    const room = await roomOf(alice, 'closed', [bob, mallory])
    expect(await outcomeOf(promote(room, alice, 'member'))).toBe('last-owner')
    await promote(room, bob, 'owner')
    const outcomes = await Promise.all([
      outcomeOf(promote(room, alice, 'member')),
      outcomeOf(promote(room, bob, 'member', bob)),
    ])
    expect(outcomes.toSorted()).toEqual(['done', 'last-owner'])
  })
})

async function takeOut({ call }: Colleague, { id: roomId }: Room, { id: personId }: Colleague) {
  return call(removeMember, { params: { roomId, personId } })
}

async function join({ call, id: personId }: Colleague, { id: roomId }: Room) {
  return outcomeOf(call(addMember, { params: { roomId }, body: { personId } }))
}

/** The room as the list of open ones shows it. */
async function shown({ call }: Colleague, room: Room) {
  return (await call(listDirectory, {})).rooms.find(({ id }) => id === room.id)
}

async function keepOut({ call }: Colleague, { id: roomId }: Room, { id: personId }: Colleague) {
  return call(removeMember, { params: { roomId, personId }, query: { keepOut: 'true' } })
}

async function promote(
  { id: roomId }: Room,
  { id: personId }: Colleague,
  role: RoomRole,
  { call }: Colleague = alice,
) {
  return call(updateMember, { params: { roomId, personId }, body: { role } })
}
