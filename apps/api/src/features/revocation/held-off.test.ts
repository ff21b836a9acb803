import { blockPerson } from '@conclave/shared/admin'
import { addMember } from '@conclave/shared/members'
import { getMe } from '@conclave/shared/people'
import { openDirect } from '@conclave/shared/rooms.create'
import { endSession, endSessions, listSessions } from '@conclave/shared/sessions'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { arrive, outcomeOf, type Colleague } from '../../../test/data-people.ts'
import { roomOf } from '../../../test/data-rooms.ts'
import { sendAuth0Event } from '../../../test/data-webhooks.ts'
import { connectionOf, waitingFor } from '../../../test/lock-waits.ts'
import { connectAsOwner } from '../../database/connection.ts'
import { startHarness, type Harness } from '../../../test/harness.ts'

/** As many requests at once as a browser makes of one server, and a few more. */
const HANDS = 8

let harness: Harness
let alice: Colleague
let bob: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two, three] = await arrive(harness, ['alice', 'bob', 'mallory'])
  alice = one!
  bob = two!
  mallory = three!
})
afterEach(async () => {
  await harness.sql`
    update people set blocked_at = null, not_before = null where id = ${mallory.id}`
  await harness.sql`update sessions set ended_at = null where person_id = ${mallory.id}`
  await harness.sql`delete from memberships where person_id = ${mallory.id}`
})
afterAll(async () => harness.close())

const STORMS: [what: string, gust: (nth: number) => Promise<unknown>][] = [
  ['she makes rooms without end', async () => roomOf(mallory, 'open')],
  [
    'bob brings her into rooms without end',
    async (nth) => {
      const room = await roomOf(bob, 'closed')
      const params = { roomId: room.id }
      await bob.call(addMember, { params, body: { personId: mallory.id } })
      if (nth % 2) await bob.call(openDirect, { body: { people: [mallory.id] } })
    },
  ],
]

const ACTS: [how: string, act: () => Promise<unknown>][] = [
  [
    'be blocked',
    async () => alice.call(blockPerson, { params: { personId: mallory.id }, body: {} }),
  ],
  [
    'be blocked in Auth0',
    async () => {
      harness.auth0.block('mallory@example.com')
      const { status } = await sendAuth0Event(harness, mallory.id, { blocked: true })
      expect(status).toBe(200)
    },
  ],
  ['be signed out everywhere', async () => (await signIn())(endSessions, {})],
  ['lose a session', endElsewhere],
]

const CASES = STORMS.flatMap(([what, gust]) =>
  ACTS.map(([how, act]) => [what, how, gust, act] as const),
)

test.each(CASES)('while %s, mallory can %s', async (_, how, gust, act) => {
  await using storm = await rage(gust)
  const before = await roomsOfMallory()
  const began = performance.now()
  await act()
  const took = performance.now() - began
  const at200 = await roomsOfMallory()
  await storm.end()
  const after = await roomsOfMallory()

  for (const [id, epoch] of before) expect(at200.get(id)).toBeGreaterThan(epoch)
  if (how.startsWith('be blocked')) {
    expect(after).toEqual(at200)
    expect([...at200.values()]).not.toContain(0)
  }
  process.stdout.write(`${how}, of ${at200.size} rooms: ${took.toFixed(0)} ms\n`)
})

test('when an instance dies between the refusal and the rekey, another one does the rekey', async () => {
  const room = await roomOf(alice, 'closed', [mallory])
  await using dying = await harness.another()
  const { call } = await dying.as('alice@example.com')
  await call(getMe, {})
  const { holder, release } = await hold(room.id)
  const blocking = outcomeOf(call(blockPerson, { params: { personId: mallory.id }, body: {} }))
  // The one that waits for the room is in the middle of it, and loses its connection.
  await expect.poll(async () => harness.sql`select from cuts`).not.toHaveLength(0)
  await expect.poll(async () => killWaitingFor(holder)).toBeGreaterThan(0)
  expect(await blocking).toBe('unavailable')
  await release()
  expect(
    await harness.sql`select from people where id = ${mallory.id} and blocked_at is null`,
  ).toHaveLength(0)
  await expect.poll(async () => (await roomsOfMallory()).get(room.id)).toBe(1)
  expect(await harness.sql`select from cuts`).toHaveLength(0)
})

test('a rekey that fails for one person does not stop that of another', async () => {
  const room = await roomOf(alice, 'closed', [mallory])
  const left = async (personId: string, stream: string) =>
    harness.owner`
      insert into cuts (person_id, stream, created_at)
      values (${personId}, ${stream}, now() - interval '1 minute')`
  await Promise.all([alice, bob].map(async ({ id }) => left(id, 'room:of no such form')))
  await left(mallory.id, `room:${room.id}`)
  await expect.poll(async () => (await roomsOfMallory()).get(room.id)).toBe(1)
  await harness.owner`delete from cuts`
})

/** Goes on with many hands until it is told to end; has begun when this is answered. */
async function rage(gust: (nth: number) => Promise<unknown>) {
  const { promise: raging, resolve: rages } = Promise.withResolvers<void>()
  const ending = new AbortController()
  let gusts = 0
  const hands = Array.from({ length: HANDS }, async () => {
    while (!ending.signal.aborted) {
      gusts += 1
      if (gusts === 3 * HANDS) rages()
      // Once she is out, her hands and those of who would bring her in are refused.
      expect(['internal', 'unavailable']).not.toContain(await outcomeOf(gust(gusts)))
    }
  })
  const end = async () => {
    ending.abort()
    await Promise.all(hands)
  }
  await Promise.race([raging, Promise.all(hands)])
  return { end, [Symbol.asyncDispose]: end }
}

async function roomsOfMallory(): Promise<Map<string, number>> {
  const rows = await harness.sql<{ id: string; epoch: number }[]>`
    select r.id, r.epoch from memberships m join rooms r on r.id = m.room_id
    where m.person_id = ${mallory.id}`
  return new Map(rows.map(({ id, epoch }) => [id, epoch]))
}

async function signIn() {
  const { call } = await harness.as('mallory@example.com')
  await call(getMe, {})
  return call
}

/** The session whose hands are at it. */
async function endElsewhere() {
  const call = await signIn()
  const { sessions } = await call(listSessions, {})
  const { id: sessionId } = sessions.find(({ current }) => !current)!
  await call(endSession, { params: { sessionId } })
}

/** Keeps a room's lock until it is told to let go. */
async function hold(roomId: string): Promise<{ holder: number; release: () => Promise<void> }> {
  const { promise: begun, resolve: began } = Promise.withResolvers<number>()
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const holding = harness.owner.begin(async (tx) => {
    await tx`select from rooms where id = ${roomId} for update`
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

/** Ends the connections of those who wait for this one; answers how many that were. */
async function killWaitingFor(holder: number): Promise<number> {
  const { databaseUrl } = harness.ctx.config
  const killer = connectAsOwner(databaseUrl, { applicationName: 'test-killer', maxConnections: 1 })
  const waiting = await waitingFor(killer, holder)
  for (const pid of waiting) await killer`select pg_terminate_backend(${pid})`
  await killer.end()
  return waiting.length
}
