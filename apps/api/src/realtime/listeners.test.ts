import { blockPerson } from '@conclave/shared/admin'
import { authorizeChannels } from '@conclave/shared/channel-auth'
import { channelName, type Channel } from '@conclave/shared/channels'
import { follow, type PersonEvent } from '@conclave/shared/events'
import { removeMember } from '@conclave/shared/members'
import { listRooms, type Room } from '@conclave/shared/rooms'
import { endSessions } from '@conclave/shared/sessions'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { published, publishedToPerson } from '../../test/data-envelopes.ts'
import { everyRoom } from '../../test/data-lists.ts'
import { listen } from '../../test/data-listening.ts'
import { arrive, newcomer, type Colleague } from '../../test/data-people.ts'
import { GENERAL, roomOf } from '../../test/data-rooms.ts'
import { personChannel, sendWebhook } from '../../test/data-webhooks.ts'
import { startHarness, type Harness } from '../../test/harness.ts'
import { connectionOf, waitingFor } from '../../test/lock-waits.ts'

type Rekeyed = Extract<PersonEvent, { type: 'rekeyed' }>['data']

let harness: Harness
let alice: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one] = await arrive(harness, ['alice'])
  alice = one!
})
afterAll(async () => harness.close())

test('who is connected is told of a new key; who is not learns it with the list of rooms', async () => {
  const [bob, signed, online, away] = await newcomers(4)
  const room = await roomOf(alice, 'closed', [bob, signed, online, away])
  await listen(signed)
  const channel = await personChannel(harness, online.id)
  await sendWebhook(harness, [{ name: 'channel_occupied', channel }])
  const before = await away.call(listRooms, { query: {} })

  await takeOut(room, bob)
  const key = { rooms: [{ roomId: room.id, epoch: 1 }], team: null }
  expect(await rekeysOf(signed)).toEqual([key])
  expect(await rekeysOf(online)).toEqual([key])
  expect(await rekeysOf(away)).toEqual([])
  expect(await rekeysOf(bob)).toEqual([])

  const now = await away.call(listRooms, { query: {} })
  expect(now.rev).toBe(before.rev)
  expect(now.rooms.find(({ id }) => id === room.id)?.epoch).toBe(1)
  const own = { kind: 'person', personId: away.id, epoch: now.epoch } as const
  expect(await sign(away, own, { kind: 'room', roomId: room.id, epoch: 1 })).toBe(2)
  await takeOut(room, signed)
  expect(await rekeysOf(away)).toEqual([{ rooms: [{ roomId: room.id, epoch: 2 }], team: null }])
})

test('who signed long ago is connected only as far as presence says so', async () => {
  const [bob, dora, eve] = await newcomers(3)
  const room = await roomOf(alice, 'closed', [bob, dora, eve])
  for (const person of [dora, eve]) await listen(person)
  await harness.owner`
    update listening set signed_at = now() - interval '181 seconds' where person_id = ${dora.id}`
  await harness.owner`
    update listening set signed_at = now() - interval '170 seconds' where person_id = ${eve.id}`
  await takeOut(room, bob)
  expect(await rekeysOf(dora)).toEqual([])
  expect(await rekeysOf(eve)).toHaveLength(1)
})

test('a channel that is refused, or of somebody else, makes nobody connected', async () => {
  const [dora, eve] = await newcomers(2)
  expect(await sign(dora, { kind: 'person', personId: dora.id, epoch: 7 })).toBe(0)
  expect(await sign(dora, { kind: 'person', personId: eve.id, epoch: 0 })).toBe(0)
  expect(await sign(dora, { kind: 'team', epoch: await teamEpoch() })).toBe(1)
  const ids = [dora.id, eve.id]
  const listening = async () =>
    harness.sql`select from listening where person_id = any (${ids}::uuid[])`
  expect(await listening()).toHaveLength(0)
  await listen(dora)
  expect(await listening()).toHaveLength(1)
})

test('taking somebody out waits for no member who is not connected, and changes nothing of theirs', async () => {
  const [bob, dora, away] = await newcomers(3)
  const room = await roomOf(alice, 'closed', [bob, dora, away])
  await listen(dora)
  const { holder, release } = await hold(harness.owner`select from people where id = ${away.id}`)
  await takeOut(room, bob)
  expect(await waitingFor(harness.sql, holder)).toEqual([])
  await release()
  expect(await rekeysOf(dora)).toHaveLength(1)
})

test.each([
  ['he is taken out', 'dora'],
  ['he is blocked', 'dora'],
  ['he signs out everywhere', 'the team'],
] as const)(
  'while %s, and the rekey waits for %s, who signs the old channels is told',
  async (how, lock) => {
    const [bob, dora, eve] = await newcomers(3)
    const room = await roomOf(alice, 'closed', [bob, dora, eve])
    await listen(dora)
    const { epoch } = await eve.call(listRooms, { query: {} })
    const team = await teamEpoch()
    const { holder, release } = await hold(
      lock === 'the team'
        ? harness.owner`select from team`
        : harness.owner`select from people where id = ${dora.id}`,
    )
    const cuts = {
      'he is taken out': async () => takeOut(room, bob),
      'he is blocked': async () => block(bob),
      'he signs out everywhere': async () => bob.call(endSessions, {}),
    }
    const cut = cuts[how]()
    await expect.poll(async () => waitingFor(harness.sql, holder)).not.toEqual([])
    // All of them as they were: she is let in, and the rekey is not there yet.
    const channels = [
      { kind: 'person', personId: eve.id, epoch },
      { kind: 'room', roomId: room.id, epoch: 0 },
      { kind: 'team', epoch: team },
    ] as const
    expect(await sign(eve, ...channels)).toBe(3)
    await release()
    await cut
    const [told] = await rekeysOf(eve)
    expect(told?.rooms).toContainEqual({ roomId: room.id, epoch: 1 })
    expect(told?.team).toBe(how === 'he is taken out' ? null : team + 1)
    expect(await rekeysOf(dora)).toHaveLength(1)
  },
)

test('somebody who shares two hundred rooms with who is blocked is told in parts, and reloads nothing', async () => {
  const [bob, dora] = await newcomers(2)
  await shareRooms([bob, dora], 200)
  await listen(dora)
  const { rev: before } = await dora.call(listRooms, { query: {} })
  await block(bob)
  const parts = (await publishedToPerson(harness, dora.id)).filter(({ rev }) => rev > before)
  expect(parts.map(({ type }) => type)).toEqual(['rekeyed', 'rekeyed', 'rekeyed'])
  parts.forEach(({ rev }, nth) => expect(follow(before + nth, rev)).toBe('next'))
  const told = parts.map(({ data }) => data as Rekeyed)
  expect(told.map(({ team }) => team)).toEqual([await teamEpoch(), null, null])
  const { rooms } = await everyRoom(dora)
  expect(rooms).toHaveLength(201)
  expect(
    new Map(told.flatMap(({ rooms }) => rooms.map((room) => [room.roomId, room.epoch]))),
  ).toEqual(new Map(rooms.map(({ id, epoch }) => [id, epoch])))
})

test('who shares a room with who is blocked is told before the rest of the team', async () => {
  await harness.sql`delete from memberships where room_id = ${GENERAL} and person_id <> ${alice.id}`
  await harness.sql`
    with crowd as (
      insert into people (auth0_sub, name, email, email_verified, role)
      select 'auth0|crowd-' || nth, 'Crowd', 'crowd-' || nth || '@example.com', true, 'member'
      from generate_series(1, 200) nth returning id
    )
    insert into listening (person_id, signed_at) select id, now() from crowd`
  const [bob, dora] = await newcomers(2)
  await harness.sql`delete from memberships where room_id = ${GENERAL} and person_id <> ${alice.id}`
  await roomOf(dora, 'closed', [bob])
  await listen(dora)
  await published(harness)
  const { length: before } = harness.pusher.record.publishes()
  await block(bob)
  await published(harness)
  const notices = harness.pusher.record
    .publishes()
    .slice(before)
    .filter(({ channels: [channel = ''] }) => channel.includes('-person-'))
  const place = notices.findIndex(({ channels: [channel = ''] }) => channel.includes(dora.id))
  expect(notices.length).toBeGreaterThan(200)
  // As many notices as may be on their way at once.
  expect(place).toBeLessThan(50)
})

type Newcomers<Count extends number> = Count extends 2
  ? [Colleague, Colleague]
  : Count extends 3
    ? [Colleague, Colleague, Colleague]
    : [Colleague, Colleague, Colleague, Colleague]

async function newcomers<Count extends 2 | 3 | 4>(count: Count): Promise<Newcomers<Count>> {
  const people: Colleague[] = []
  while (people.length < count) people.push(await newcomer(harness))
  return people as Newcomers<Count>
}

/** Signs these channels; returns how many were signed. */
async function sign({ call }: Colleague, ...channels: readonly Channel[]): Promise<number> {
  const { channels: signed } = await call(authorizeChannels, {
    body: { socket_id: '1.1', channel_names: channels.map(channelName) },
  })
  return Object.keys(signed).length
}

async function takeOut({ id: roomId }: Room, { id: personId }: Colleague): Promise<void> {
  await alice.call(removeMember, { params: { roomId, personId } })
}

async function block({ id: personId }: Colleague): Promise<void> {
  await alice.call(blockPerson, { params: { personId }, body: {} })
}

async function rekeysOf({ id }: Colleague): Promise<Rekeyed[]> {
  const told = await publishedToPerson(harness, id)
  return told.flatMap(({ type, data }) => (type === 'rekeyed' ? [data as Rekeyed] : []))
}

async function teamEpoch(): Promise<number> {
  return (await alice.call(listRooms, { query: {} })).teamEpoch
}

/** Rooms of both, made at once. */
async function shareRooms([one, other]: [Colleague, Colleague], count: number): Promise<void> {
  await harness.sql`
    with made as (
      insert into rooms (kind, name, topic)
      select 'closed', 'Shared ' || nth, '' from generate_series(1, ${count}) nth returning id
    )
    insert into memberships (room_id, person_id, role)
    select id, unnest(${[one.id, other.id]}::uuid[]), 'member' from made`
}

/** Keeps the lock of what this reads until it is told to let go. */
async function hold(select: ReturnType<Harness['owner']>) {
  const { promise: begun, resolve: began } = Promise.withResolvers<number>()
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const holding = harness.owner.begin(async (tx) => {
    await tx`${select} for no key update`
    began(await connectionOf(tx))
    await over
  })
  const holder = await begun
  const release = async () => {
    end()
    await holding
  }
  return { holder, release }
}
