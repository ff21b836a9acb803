import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, test, type TestContext } from 'vitest'
import { authorize, openChannels, type Channels } from '../channels.ts'
import { HANGING } from '../hanging.ts'
import { honest } from '../hostile-tokens/forge.ts'
import { openStage } from '../hostile-tokens/stage.ts'
import { signGood } from '../tokens.ts'
import './run.ts'

const HUNG_MAX_MS = 2_500

let cast: Channels

beforeAll(async () => {
  cast = await openChannels()
})
afterAll(() => cast[Symbol.asyncDispose]())

test('how long a room takes that is not there, and one of somebody else', async (context) => {
  const { mallory, room } = cast
  await compare(context, 'GET /v1/rooms/:roomId', {
    unknown: () => mallory.send('GET', `/v1/rooms/${randomUUID()}`),
    foreign: () => mallory.send('GET', `/v1/rooms/${room.id}`),
  })
})

test('how long a channel takes that is not there, and one of somebody else', async (context) => {
  const { mallory, names, room } = cast
  await compare(context, 'POST /pusher/auth', {
    unknown: () => authorize(cast, mallory, names.room.replace(room.id, randomUUID())),
    foreign: () => authorize(cast, mallory, names.room),
  })
})

test('how long a token takes that nobody signed, and one of somebody who was blocked', async (context) => {
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

test.for(HANGING)(
  'how long whoever comes waits when the issuer %s',
  async ([how, hang], { task }) => {
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
  },
)

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

function milliseconds(took: number[], quantile: number): string {
  const ms = took.toSorted((one, other) => one - other)[Math.floor(took.length * quantile)] ?? 0
  return `${ms.toFixed(2)} ms`
}
