import { blockPerson } from '@conclave/shared/admin'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import { listChanges, listMessages } from '@conclave/shared/messages'
import { listMembers } from '@conclave/shared/members'
import { getMe, getPeople, getPerson, listPeople, listPeopleChanges } from '@conclave/shared/people'
import { listDirectory, getRoom, listRooms, lookAtRooms } from '@conclave/shared/rooms'
import { endSession, endSessions, listSessions } from '@conclave/shared/sessions'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectAsOwner, type Sql } from '../../database/connection.ts'
import { arrive, outcomeOf, type Colleague } from '../../../test/data-people.ts'
import { sendAuth0Event } from '../../../test/data-webhooks.ts'
import { startHarness, type Harness } from '../../../test/harness.ts'
import {
  awaitedBy,
  begin,
  doneSoFar,
  setOut,
  WAITING_NAMES,
  WRITE_NAMES,
  writeOf,
  type World,
} from '../../../test/in-flight.ts'

let harness: Harness
/** Beside the owner's one connection, which holds what the others wait for. */
let watcher: Sql
let people: Parameters<typeof setOut>[1]
let world: World

beforeAll(async () => {
  harness = await startHarness()
  // Bodies arrive once access has ended, however long that takes here.
  harness.app.server.requestTimeout = 0
  const { databaseUrl } = harness.ctx.config
  watcher = connectAsOwner(databaseUrl, { applicationName: 'test-watcher', maxConnections: 1 })
  const [alice, bob, carol, mallory] = await arrive(harness, ['alice', 'bob', 'carol', 'mallory'])
  people = { alice: alice!, bob: bob!, carol: carol!, mallory: mallory! }
})
beforeEach(async () => {
  world = await setOut(harness, people)
})
afterAll(async () => {
  await watcher.end()
  await harness.close()
})

/** How Bob's access ends, and with what his requests are refused from then on. */
const REFUSALS: [how: string, slug: string, refuse: () => Promise<unknown>][] = [
  ['he is blocked', 'access-removed', async () => block(world.alice, world.bob)],
  [
    'he is blocked in Auth0',
    'access-removed',
    async () => {
      harness.auth0.block(world.bob.email)
      return sendAuth0Event(harness, world.bob.id, { blocked: true })
    },
  ],
  ['he signs out everywhere', 'signed-out', async () => world.bob.call(endSessions, {})],
  ['his sessions are ended from another place', 'signed-out', endFromElsewhere],
]

/** Somebody blocked has no role any more, and that is looked at first. */
const OF_AN_ADMIN = Object.fromEntries(
  ['blockPerson', 'unblockPerson', 'updatePersonRole'].map((name) => [
    name,
    '/problems/not-allowed',
  ]),
)

describe('a request that was admitted, and whose body arrives later', () => {
  test.each(WRITE_NAMES)('does what it should while access is kept: %s', async (name) => {
    const end = await begin(harness, world, name)
    const before = await doneSoFar(harness)
    const { status } = await end()
    expect(status).toBe(ENDPOINTS[name].status)
    // What changes nothing here would show nothing below.
    if (WAITING_NAMES.includes(name as never)) expect(await doneSoFar(harness)).not.toEqual(before)
  })

  test.each(REFUSALS)('does nothing once %s, whatever it is', async (_, slug, refuse) => {
    const requests = await Promise.all(
      WRITE_NAMES.map(async (name) => ({ name, end: await begin(harness, world, name) })),
    )
    await refuse()
    const at200 = await doneSoFar(harness)
    const outcomes = new Map<string, string>()
    for (const { name, end } of requests) {
      const { status, body } = await end()
      outcomes.set(name, status < 300 ? body : (JSON.parse(body) as { type: string }).type)
    }
    expect(Object.fromEntries(outcomes)).toEqual({
      ...Object.fromEntries(WRITE_NAMES.map((name) => [name, `/problems/${slug}`])),
      ...(slug === 'access-removed' ? OF_AN_ADMIN : {}),
      authorizeChannel: '/problems/channel-not-found',
      authorizeChannels: '{"channels":{}}',
      authenticateUser: '/problems/not-signed-in',
    })
    expect(await doneSoFar(harness)).toEqual(at200)
  })
})

test.each(WAITING_NAMES)(
  'what waits inside its transaction while bob is blocked is done before the response, or not at all: %s',
  async (name) => {
    await using held = await hold(awaitedBy(world, name))
    const input = name === 'listAudit' ? { query: {} } : writeOf(world, name)
    const calling = outcomeOf(world.bob.call(ENDPOINTS[name], input as never))
    await expect.poll(countWaiting).toBe(1)
    const blocking = block(world.alice, world.bob).then(async () => doneSoFar(harness))
    await expect.poll(async () => (await isBlocked()) || (await countWaiting()) > 1).toBe(true)
    await held[Symbol.asyncDispose]()
    const at200 = await blocking
    expect(['done', 'access-removed']).toContain(await calling)
    expect(await doneSoFar(harness)).toEqual(at200)
    expect(await actsAfterTheBlock()).toEqual([])
  },
)

test('a read of bob’s that runs after he was blocked is not answered', async () => {
  const params = { roomId: world.room.id }
  const read = async () =>
    Promise.all([
      outcomeOf(world.bob.call(listMessages, { params, query: {} })),
      outcomeOf(world.bob.call(listChanges, { params, query: { after: '0' } })),
    ])
  expect(await read()).toEqual(['done', 'done'])
  await using held = await hold('lock table messages in access exclusive mode')
  const reading = read()
  await expect.poll(countWaiting).toBe(2)
  await block(world.alice, world.bob)
  await held[Symbol.asyncDispose]()
  expect(await reading).toEqual(['room-not-found', 'room-not-found'])
})

test.each([
  ['a look', ({ bob }: World) => bob.call(lookAtRooms, { query: {} })],
  ['my rooms', ({ bob }: World) => bob.call(listRooms, { query: {} })],
  ['a room', ({ bob, room }: World) => bob.call(getRoom, ofRoom(room))],
  ['members', ({ bob, room }: World) => bob.call(listMembers, { ...ofRoom(room), query: {} })],
  ['the directory', ({ bob }: World) => bob.call(listDirectory, { query: {} })],
  ['myself', ({ bob }: World) => bob.call(getMe, {})],
  ['people', ({ bob }: World) => bob.call(listPeople, { query: {} })],
  [
    'people outside a room',
    ({ bob, room }: World) => bob.call(listPeople, { query: { outside: room.id } }),
  ],
  ['changes of people', ({ bob }: World) => bob.call(listPeopleChanges, { query: { after: '0' } })],
  ['people by id', ({ bob, carol }: World) => bob.call(getPeople, { query: { ids: carol.id } })],
  [
    'one person',
    ({ bob, carol }: World) => bob.call(getPerson, { params: { personId: carol.id } }),
  ],
])('nor is %s', async (_, read) => {
  expect(await outcomeOf(read(world))).toBe('done')
  await using held = await hold('lock table messages, presence, rooms in access exclusive mode')
  const reading = outcomeOf(read(world))
  await expect.poll(countRequestsWaiting).toBe(1)
  await blockAtOnce(world.bob)
  await held[Symbol.asyncDispose]()
  expect(await reading).not.toBe('done')
})

test('whom a page names is left out if bob was blocked once it had been read', async () => {
  const { bob, room } = world
  const read = async () => bob.call(listMessages, { ...ofRoom(room), query: {} })
  expect(await read()).toHaveProperty('named')
  await using held = await hold('lock table presence in access exclusive mode')
  const reading = read()
  await expect.poll(countRequestsWaiting).toBe(1)
  await blockAtOnce(bob)
  await held[Symbol.asyncDispose]()
  expect(await reading).not.toHaveProperty('named')
})

function ofRoom({ id: roomId }: { id: string }) {
  return { params: { roomId } }
}

/** Without the api, which would wait for what these tests hold. */
async function blockAtOnce({ id }: Colleague): Promise<void> {
  await watcher`update people set blocked_at = now() where id = ${id}`
}

async function block(by: Colleague, { id: personId }: Colleague) {
  return by.call(blockPerson, { params: { personId }, body: {} })
}

async function endFromElsewhere() {
  const { call } = await harness.as('bob@example.com')
  await call(getMe, {})
  const { sessions } = await call(listSessions, {})
  for (const { id: sessionId } of sessions.filter(({ current }) => !current)) {
    await call(endSession, { params: { sessionId } })
  }
}

/** Holds the locks of this statement until it is released. */
async function hold(lock: string): Promise<AsyncDisposable> {
  const { promise: begun, resolve: began } = Promise.withResolvers<void>()
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const holding = harness.owner.begin(async (tx) => {
    await tx.unsafe(lock)
    began()
    await over
  })
  await begun
  return {
    [Symbol.asyncDispose]: async () => {
      end()
      await holding
    },
  }
}

async function countWaiting(): Promise<number> {
  const rows = await watcher`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  return rows.length
}

/** Without what the api does in the background, such as telling who is online. */
async function countRequestsWaiting(): Promise<number> {
  const rows = await watcher`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'
      and application_name = 'conclave-api'`
  return rows.length
}

async function isBlocked(): Promise<boolean> {
  const [row] = await harness.sql<{ blocked: boolean }[]>`
    select blocked_at is not null as blocked from people where id = ${world.bob.id}`
  return row?.blocked ?? false
}

async function actsAfterTheBlock() {
  return harness.sql`
    select action from audit
    where actor_id = ${world.bob.id} and problem is null and number > (
      select max(number) from audit
      where action = 'person.blocked' and target ->> 'personId' = ${world.bob.id}
    )`
}
