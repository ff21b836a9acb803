import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test, type TestContext } from 'vitest'
import { gather, setScene, type Cast, type Scene } from '../access/cast.ts'
import { attempt, expected } from '../access/cells.ts'
import { ROWS, type EndpointName } from '../access/rows.ts'
import { authorize, openChannels, type Channels } from '../channel-requests.ts'
import { HANGING } from '../hanging.ts'
import { honest } from '../hostile-tokens/forge.ts'
import { openStage } from '../hostile-tokens/stage.ts'
import { startHarness, type Harness } from '../harness.ts'
import { signGood } from '../good-tokens.ts'
import './withstands.ts'

const HUNG_MAX_MS = 2_500

let cast: Channels

beforeAll(async () => {
  cast = await openChannels()
})
afterAll(() => cast[Symbol.asyncDispose]())

test('the time of an answer for a room that does not exist, and for a foreign room', async (context) => {
  const { mallory, room } = cast
  await compare(context, 'GET /v1/rooms/:roomId', {
    unknown: () => mallory.send('GET', `/v1/rooms/${randomUUID()}`),
    foreign: () => mallory.send('GET', `/v1/rooms/${room.id}`),
  })
})

describe('an outsider cannot tell from the time of an answer whether a room exists', () => {
  const HIDDEN = (Object.keys(ROWS) as EndpointName[]).filter(
    (name) => expected(name, 'ours', 'outsider') === 'room-not-found',
  )
  let harness: Harness
  let people: Cast
  let scene: Scene

  beforeAll(async () => {
    harness = await startHarness()
    people = await gather(harness)
    scene = await setScene(people)
  })
  afterAll(() => harness.close())

  test.for(HIDDEN)('%s', async (name, context) => {
    await takeAlike(context, name, {
      unknown: () => attempt({ harness, cast: people, scene }, name, 'missing', 'outsider'),
      foreign: () => attempt({ harness, cast: people, scene }, name, 'ours', 'outsider'),
    })
  })

  const askOfNothing = async () =>
    attempt({ harness, cast: people, scene }, 'getRoom', 'missing', 'outsider')

  test('a difference of two milliseconds would be found', async () => {
    const foreign = async () => {
      await askOfNothing()
      await harness.owner`select pg_sleep(0.002)`
    }
    expect(isTold(await timesOf({ unknown: askOfNothing, foreign }))).toBe(true)
  })
})

test('the time of an answer for a channel that does not exist, and for a foreign channel', async (context) => {
  const { mallory, names, room } = cast
  await compare(context, 'POST /pusher/auth', {
    unknown: () => authorize(cast, mallory, names.room.replace(room.id, randomUUID())),
    foreign: () => authorize(cast, mallory, names.room),
  })
})

test('the time of an answer for a token with a wrong signature, and for one of a blocked person', async (context) => {
  await using stage = await openStage()
  const { harness, issuer } = stage
  const blocked = honest(stage)
  await harness.sql`update people set blocked_at = now()`
  const getMe = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await fetch(`${harness.url}/v1/me`, { headers })).text()
  }
  const unsigned = honest(stage).replace(/[^.]+$/, 'AAAA')
  const unknownKey = signGood(issuer, { header: { kid: 'unknown' } })
  await compare(context, 'GET /v1/me', {
    unsigned: () => getMe(unsigned),
    'unknown key': () => getMe(unknownKey),
    blocked: () => getMe(blocked),
  })
})

test.for(HANGING)('how long a request waits when the issuer %s', async ([how, hang], { task }) => {
  let now = 0
  await using stage = await openStage({ now: () => now })
  stage.issuer.answerKeysWith(hang)
  now = 60_000
  const token = signGood(stage.issuer, { header: { kid: 'unknown' } })
  const startedAt = performance.now()
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${stage.harness.url}/v1/me`, { headers })
  const ms = performance.now() - startedAt
  task.meta.measured = [`an issuer that ${how}: answered after ${ms.toFixed(0)} ms`]
  expect(answer.status).toBe(401)
  expect(ms).toBeLessThan(HUNG_MAX_MS)
})

/** How often they are timed again before a difference is believed: a busy machine makes one by chance, not each time. */
const TRIES = 4
/** What no caller can tell over a network, and how often one of the two is the longer before it counts as different. */
const ALIKE_MS = 0.15
const ALIKE_SHARE = 0.1

type Two<Value> = Record<'unknown' | 'foreign', Value>

/** Fails if one of the two takes longer, by its middle and in most pairs, as often as it is tried. */
async function takeAlike(
  { task }: TestContext,
  what: string,
  ways: Two<() => Promise<unknown>>,
): Promise<void> {
  let took = await timesOf(ways)
  for (let nth = 1; nth < TRIES && isTold(took); nth++) took = await timesOf(ways)
  const { unknown, foreign } = took
  const medians = `${milliseconds(unknown, 0.5)} / ${milliseconds(foreign, 0.5)}`
  const share = shareOfLonger(unknown, foreign).toFixed(2)
  task.meta.measured = [`${what}, not there / not mine: median ${medians}, longer in ${share}`]
  expect(isTold(took), task.meta.measured[0]).toBe(false)
}

function isTold({ unknown, foreign }: Two<number[]>): boolean {
  const apartMs = Math.abs(quantile(unknown, 0.5) - quantile(foreign, 0.5))
  return apartMs > ALIKE_MS && Math.abs(shareOfLonger(unknown, foreign) - 0.5) > ALIKE_SHARE
}

/** In turns, each first as often as the other. */
async function timesOf(ways: Two<() => Promise<unknown>>): Promise<Two<number[]>> {
  const took: Two<number[]> = { unknown: [], foreign: [] }
  for (let nth = 0; nth < inject('hostile').cases; nth++) {
    const order = ['unknown', 'foreign'] as const
    for (const way of nth % 2 ? order : order.toReversed()) {
      const startedAt = performance.now()
      await ways[way]()
      took[way].push(performance.now() - startedAt)
    }
  }
  return took
}

/** How likely one of the second is longer than one of the first: half, if they are alike (Mann and Whitney). */
function shareOfLonger(first: readonly number[], second: readonly number[]): number {
  const all = [
    ...first.map((ms) => ({ ms, isSecond: false })),
    ...second.map((ms) => ({ ms, isSecond: true })),
  ].toSorted((one, other) => one.ms - other.ms)
  let shorter = 0
  let pairs = 0
  for (const { isSecond } of all) {
    if (isSecond) pairs += shorter
    else shorter += 1
  }
  return pairs / (first.length * second.length)
}

/** In turns, so that whatever else the machine does meets them alike. Told and never judged. */
async function compare(
  { task }: TestContext,
  what: string,
  ways: Record<string, () => Promise<unknown>>,
): Promise<void> {
  const took = new Map(Object.keys(ways).map((way) => [way, [] as number[]]))
  for (let nth = 0; nth < inject('hostile').cases; nth++) {
    for (const [way, go] of Object.entries(ways)) {
      const startedAt = performance.now()
      await go()
      took.get(way)?.push(performance.now() - startedAt)
    }
  }
  const line = [...took].map(
    ([way, ms]) => `${way} ${milliseconds(ms, 0.5)} / ${milliseconds(ms, 0.99)}`,
  )
  task.meta.measured = [`${what}, median / p99: ${line.join(', ')}`]
}

function milliseconds(took: readonly number[], at: number): string {
  return `${quantile(took, at).toFixed(2)} ms`
}

function quantile(took: readonly number[], at: number): number {
  return took.toSorted((one, other) => one - other)[Math.floor(took.length * at)] ?? 0
}
