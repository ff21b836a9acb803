import { setTimeout as pause } from 'node:timers/promises'
import { AUDITED_PROBLEMS } from '@conclave/shared/audit'
import { authorizeChannel } from '@conclave/shared/channel-auth'
import { channelName, type Channel } from '@conclave/shared/channels'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import type { ProblemSlug } from '@conclave/shared/problems'
import { listRooms } from '@conclave/shared/rooms'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ACTORS,
  gather,
  INSIDERS,
  OUTSIDERS,
  setScene,
  type ActorName,
  type Cast,
  type Scene,
} from '../test/access/cast.ts'
import { attempt, changes, expected, split } from '../test/access/cells.ts'
import { ROWS, type EndpointName, type Ids } from '../test/access/rows.ts'
import { outcomeOf } from '../test/data-people.ts'
import { NOWHERE } from '../test/data-rooms.ts'
import { type Harness, startHarness } from '../test/harness.ts'
import { stateOf } from '../test/untouched.ts'
import { connectionOf, waitingFor } from '../test/lock-waits.ts'

let harness: Harness
let cast: Cast
/** Made anew after every request that changed it. */
let scene: Scene

beforeAll(async () => {
  // Each case waits until everything before it was read.
  harness = await startHarness({ hintsEveryMs: 10 })
  cast = await gather(harness)
  scene = await setScene(cast)
})
afterAll(async () => harness.close())

const REQUESTS = (Object.keys(ROWS) as EndpointName[]).flatMap((name) =>
  ROWS[name].ids.map((ids) => [rowOf(name, ids), name, ids] as const),
)

test.each(REQUESTS)(
  '%s: each kind of person gets exactly the outcome in the table',
  async (row, name, ids) => {
    const { refused, letIn } = split(name, ids)
    const outcomes: Partial<Record<ActorName, string>> = {}
    const refusals = new Map<string, Set<string>>()
    const before = await stateOf(harness)
    const notedBefore = await lastNoted()
    for (const actor of refused) {
      const { outcome, body } = await attempt({ harness, cast, scene }, name, ids, actor)
      outcomes[actor] = outcome
      refusals.set(outcome, (refusals.get(outcome) ?? new Set()).add(body))
    }
    expect(await stateOf(harness), `${row}, what the refused have changed`).toEqual(before)
    // Each refusal of somebody known is in the audit log, once.
    const noted = refused.filter(
      (actor) => actor !== 'nobody' && AUDITED_PROBLEMS.includes(outcomes[actor] as ProblemSlug),
    )
    await expect
      .poll(async () => notedAfter(notedBefore), { message: `${row}, refusals in the audit log` })
      .toEqual(noted.map((actor) => `${actor}: ${outcomes[actor]}`).toSorted())
    for (const actor of letIn) {
      outcomes[actor] = (await attempt({ harness, cast, scene }, name, ids, actor)).outcome
      if (changes(name)) scene = await setScene(cast)
    }
    expect(outcomes, `${row}, what becomes of it by who asks`).toEqual(
      Object.fromEntries(
        [...refused, ...letIn].map((actor) => [actor, expected(name, ids, actor)]),
      ),
    )
    // Whoever is refused for one reason is refused in the same bytes, whichever way they came to it.
    for (const [outcome, bodies] of refusals)
      expect([...bodies], `${row}, the answers of ${outcome}`).toHaveLength(1)
  },
)

test('a foreign room and one that does not exist have the same answer, byte for byte', async () => {
  const compared: EndpointName[] = []
  for (const name of Object.keys(ROWS) as EndpointName[]) {
    if (expected(name, 'ours', 'admin') !== 'room-not-found') continue
    const answers = await Promise.all(
      (['ours', 'theirs', 'missing'] as Ids[]).map(async (ids) =>
        attempt({ harness, cast, scene }, name, ids, 'admin'),
      ),
    )
    expect([...new Set(answers.map(({ body }) => body))], rowOf(name, 'ours')).toHaveLength(1)
    compared.push(name)
  }
  expect(compared.length).toBeGreaterThan(5)
})

/** Endpoints that change something in a room. */
const CHANGING = (Object.keys(ROWS) as EndpointName[]).filter(
  (name) => changes(name) && expected(name, 'missing', 'owner') === 'room-not-found',
)

test.each(CHANGING)('%s in an archived room is refused, or says that it is not', async (name) => {
  scene = await setScene(cast)
  await harness.sql`update rooms set archived_at = now() where id = ${scene.room.id}`
  const { outcome } = await attempt({ harness, cast, scene }, name, 'ours', 'owner')
  scene = await setScene(cast)
  expect(outcome).toBe(ROWS[name].archived ?? 'room-archived')
})

describe('while another transaction has all of a room locked', () => {
  /** Nobody waits this long for what is not there. */
  const AT_ONCE_MS = 10_000
  const HIDDEN = (Object.keys(ROWS) as EndpointName[]).filter(
    (name) => expected(name, 'ours', 'outsider') === 'room-not-found',
  )

  test.each(HIDDEN)('%s: an outsider is answered at once', async (name) => {
    await whileLocked(async () => {
      for (const actor of OUTSIDERS) {
        const asked = attempt({ harness, cast, scene }, name, 'ours', actor)
        const late = pause(AT_ONCE_MS, 'late' as const, { ref: false })
        const answer = await Promise.race([asked, late])
        expect([actor, answer]).toEqual([
          actor,
          expect.objectContaining({ outcome: 'room-not-found' }),
        ])
      }
    })
  })

  test('a member who would change it waits', async () => {
    let done = false
    let posting: Promise<unknown> | undefined
    await whileLocked(async (holder) => {
      posting = attempt({ harness, cast, scene }, 'postMessage', 'ours', 'member').then(() => {
        done = true
        return done
      })
      await expect.poll(async () => waitingFor(harness.sql, holder)).toHaveLength(1)
      expect(done).toBe(false)
    })
    await posting
    expect(done).toBe(true)
  })
})

test.each(ACTORS)(
  'channels: %s gets signatures for exactly their own current channels',
  async (actor) => {
    const { founder, [actor]: caller } = cast
    const { epoch, teamEpoch } = await founder.call(listRooms, {})
    const { id: roomId, epoch: roomEpoch } = scene.room
    const inRoom = ([...INSIDERS] as ActorName[]).includes(actor)
    const letIn = inRoom || ([...OUTSIDERS] as ActorName[]).includes(actor)
    const channels: [theirs: boolean, channel: Channel][] = [
      [inRoom, { kind: 'room', roomId, epoch: roomEpoch }],
      [inRoom, { kind: 'presence', roomId, epoch: roomEpoch }],
      [false, { kind: 'room', roomId, epoch: roomEpoch - 1 }],
      [false, { kind: 'presence', roomId, epoch: roomEpoch - 1 }],
      [false, { kind: 'room', roomId, epoch: roomEpoch + 1 }],
      [false, { kind: 'room', roomId: NOWHERE, epoch: 0 }],
      [actor === 'outsider', { kind: 'room', roomId: scene.theirs.id, epoch: 0 }],
      [letIn, { kind: 'team', epoch: teamEpoch }],
      [false, { kind: 'team', epoch: teamEpoch + 1 }],
      [letIn, { kind: 'person', personId: caller.id, epoch: 0 }],
      [false, { kind: 'person', personId: caller.id, epoch: 1 }],
      [false, { kind: 'person', personId: founder.id, epoch }],
    ]
    expect(roomEpoch).toBeGreaterThan(0)
    for (const [theirs, channel] of channels) {
      const body = { socket_id: '1.1', channel_name: channelName(channel) }
      const outcome = await outcomeOf(caller.call(authorizeChannel, { body }))
      const refused = letIn ? 'channel-not-found' : expected('getMe', 'ours', actor)
      expect([channel, outcome]).toEqual([channel, theirs ? 'done' : refused])
    }
  },
)

test('every endpoint that authenticates has a row, and every route is an endpoint or public on purpose', () => {
  const rows = new Set(Object.keys(ROWS))
  const endpoints = Object.entries(ENDPOINTS)
  const open = endpoints.filter(([name]) => !rows.has(name))
  expect(open.map(([, { access }]) => access)).toEqual(open.map(() => 'public'))
  const declared = new Set(endpoints.map(([, { method, path }]) => `${method} ${path}`))
  expect(harness.routes.filter((route) => !declared.has(route)).toSorted()).toEqual(OPEN)
})

/** Holds nothing of anybody: how the api is, and what it is. */
const OPEN = [
  'GET /docs/',
  'GET /docs/js/scalar.js',
  'GET /docs',
  'GET /livez',
  'GET /metrics',
  'GET /openapi.json',
  'GET /readyz',
].toSorted()

/** Answers once `work` is done, and holds all that long, by one connection, whatever there is of the scene's room. */
async function whileLocked(work: (holder: number) => Promise<void>): Promise<void> {
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<number>()
  const { id } = scene.room
  const holding = harness.owner.begin(async (sql) => {
    await sql`select from rooms where id = ${id} for update`
    await sql`select from memberships where room_id = ${id} for update`
    await sql`select from messages where room_id = ${id} for update`
    locked.resolve(await connectionOf(sql))
    await over
  })
  await work(await locked.promise).finally(end)
  await holding
}

/** As a failure should name it: `GET /v1/rooms/:roomId (getRoom), ids theirs`. */
function rowOf(name: EndpointName, ids: Ids): string {
  const { method, path } = ENDPOINTS[name]
  return `${method} ${path} (${name}), ids ${ids}`
}

async function lastNoted(): Promise<number> {
  const [entry] = await harness.sql<{ number: number }[]>`
    select coalesce(max(number), 0)::int as number from audit`
  return entry?.number ?? 0
}

/** Who was refused with what since this entry, by name. */
async function notedAfter(number: number): Promise<string[]> {
  const entries = await harness.sql<{ actorId: string; problem: string }[]>`
    select actor_id as "actorId", problem from audit
    where number > ${number} and problem is not null`
  return entries
    .map(({ actorId, problem }) => {
      const actor = ACTORS.find((each) => cast[each].id === actorId)
      return `${actor ?? actorId}: ${problem}`
    })
    .toSorted()
}
