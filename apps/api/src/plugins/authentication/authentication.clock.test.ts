import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nowSeconds } from '../../../test/hostile-tokens/forge.ts'
import { startHarness, type Harness } from '../../../test/harness.ts'
import { startIssuer, type Issuer } from '../../../test/issuer.ts'
import { send, type Answer } from '../../../test/raw-request.ts'
import { converse, lines } from '../../../test/raw-socket.ts'
import { AUDIENCE, CLIENT_ID, signGood } from '../../../test/good-tokens.ts'

const SLOW_SECONDS = 20

let issuer: Issuer
let harness: Harness
let slow: Harness

beforeAll(async () => {
  issuer = await startIssuer()
  const env = {
    AUTH0_DOMAIN: issuer.domain,
    AUTH0_AUDIENCE: AUDIENCE,
    AUTH0_CLIENT_ID: CLIENT_ID,
  }
  harness = await startHarness({ env })
  slow = await startHarness({ env, ownClock: () => Date.now() - SLOW_SECONDS * 1_000 })
})
afterAll(async () => {
  await Promise.all([harness.close(), slow.close()])
  await issuer[Symbol.asyncDispose]()
})

async function whoami(
  { url }: Harness,
  claims: Record<string, unknown> = {},
): Promise<Answer & { ms: number }> {
  const headers = [['Authorization', `Bearer ${signGood(issuer, { claims })}`]] as const
  const askedAt = performance.now()
  const answer = await send(`${url}/v1/me`, { headers })
  return { ...answer, ms: performance.now() - askedAt }
}

function endsIn(seconds: number): Record<string, unknown> {
  return { iat: nowSeconds() - 60, exp: nowSeconds() + seconds }
}

function reasons({ log }: Harness): unknown[] {
  return log.lines().flatMap(({ reason, msg }) => (msg === 'token refused' ? [reason] : []))
}

describe('an api whose clock is 20 s slow', () => {
  test('accepts a person who has just signed in', async () => {
    const before = reasons(slow).length
    expect((await whoami(slow)).status).toBe(200)
    // As in the last second of a token’s life, and a moment after.
    expect((await whoami(slow, endsIn(-3))).status).toBe(200)
    expect((await whoami(slow, endsIn(-10))).status).toBe(401)
    expect(reasons(slow).slice(before)).toEqual(['expired'])
  })

  test('reports it in the log, in readiness and in the metrics', async () => {
    await whoami(slow)
    const words = `the clock of this machine is 20`
    const said = slow.log.lines().filter(({ msg }) => String(msg).startsWith(words.slice(0, 25)))
    expect(said).toContainEqual(expect.objectContaining({ level: 'warn', other: 'sign-in' }))
    const { body } = await send(`${slow.url}/readyz`)
    const { clock } = JSON.parse(body) as { clock: Record<string, number> }
    expect(Math.round((clock['secondsBehindSignIn'] ?? 0) / 2) * 2).toBe(SLOW_SECONDS)
    expect(Math.round((clock['secondsBehindDatabase'] ?? 0) / 2) * 2).toBe(SLOW_SECONDS)
    const metrics = (await send(`${slow.url}/metrics`)).body
    expect(metrics).toMatch(/conclave_clock_behind_seconds\{other="sign-in"\} (19|20|21)/)
    expect(metrics).toMatch(/conclave_clock_behind_seconds\{other="database"\} (19|20|21)/)
  })

  test('is no more lenient: a token from the far future is refused', async () => {
    const before = reasons(slow).length
    expect((await whoami(slow, { iat: nowSeconds() + 30, exp: nowSeconds() + 90 })).status).toBe(
      401,
    )
    expect(reasons(slow).slice(before)).toEqual(['iat-future'])
  })
})

describe('a token that is valid a moment from now', () => {
  test.each([
    ['iat', () => ({ iat: nowSeconds() + 6.5 })],
    ['nbf', () => ({ nbf: nowSeconds() + 6.5 })],
  ])('is waited for: %s', async (_, claims) => {
    await whoami(harness)
    const { status, ms } = await whoami(harness, claims())
    expect(status).toBe(200)
    expect(ms).toBeGreaterThan(1_000)
  })

  test('is not waited for when somebody else signed it', async () => {
    // A busy machine may be slow, too, but not each time.
    await expect.poll(timeOfRefusal).toBeLessThan(1_000)
  })

  test('is not waited for when too many wait already', async () => {
    await whoami(harness)
    const token = signGood(issuer, { claims: { iat: nowSeconds() + 6.5 } })
    const request = ['GET /v1/me HTTP/1.1', 'Host: api', `Authorization: Bearer ${token}`]
    // One token on one connection, so that on a busy machine too they are all there before it is valid.
    const asked = `${request.join('\r\n')}\r\n\r\n`.repeat(129) + lines(...request)
    const { statuses } = await converse(harness.url, asked)
    expect(statuses).toHaveLength(130)
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(50)
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(1)
  })
})

/** How long the api takes to refuse a token of somebody else, in ms. */
async function timeOfRefusal(): Promise<number> {
  const token = signGood(issuer, { claims: { iat: nowSeconds() + 6.5 } })
  const headers = [['Authorization', `Bearer ${token.slice(0, -8)}AAAAAAAA`]] as const
  const askedAt = performance.now()
  expect((await send(`${harness.url}/v1/me`, { headers })).status).toBe(401)
  return performance.now() - askedAt
}
