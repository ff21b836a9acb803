import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { drip } from '../../../test/hanging.ts'
import { startHarness } from '../../../test/harness.ts'
import { honest } from '../../../test/hostile-tokens/forge.ts'
import { openStage, type Stage } from '../../../test/hostile-tokens/stage.ts'
import { encode, rsaKey, signed, startIssuer, type IssuerKey } from '../../../test/issuer.ts'
import { send } from '../../../test/raw-request.ts'
import { AUDIENCE, CLIENT_ID, goodToken, signGood } from '../../../test/good-tokens.ts'

const MINUTE_MS = 60_000
/** 2.5 s, and what a busy machine adds; `pnpm test:hostile` measures it. */
const GIVEN_UP_MS = 4_000

let stage: Stage
let next: IssuerKey
let now = 0

beforeAll(async () => {
  stage = await openStage({ now: () => now })
  next = rsaKey()
})
beforeEach(async () => {
  stage.issuer.answerKeysWith()
  stage.issuer.publish(stage.issuer.key.jwk)
  // Enough time has passed to ask the issuer again, which has recovered from what the test before did to it.
  now += MINUTE_MS
  expect(await statusOf(unknown('before'))).toBe(401)
  now += MINUTE_MS
})
afterAll(() => stage[Symbol.asyncDispose]())

async function statusOf(token: string, url = stage.harness.url): Promise<number> {
  const response = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  await response.body?.cancel()
  return response.status
}

function signedBy({ kid, privateKey }: IssuerKey): string {
  const { header, claims } = goodToken(stage.issuer)
  return signed(privateKey, { ...header, kid }, claims)
}

/** A token that anybody can make: everything is right except the key, and the signature is none. */
function unknown(kid: string): string {
  const { header, claims } = goodToken(stage.issuer)
  return `${encode({ ...header, kid })}.${encode(claims)}.AAAA`
}

function asked(): number {
  return stage.issuer.requests.filter((path) => path.includes('jwks')).length
}

describe('when the issuer rotates its keys', () => {
  test('tokens from before and after are both accepted at once', async () => {
    stage.issuer.publish(stage.issuer.key.jwk, next.jwk)
    expect(await statusOf(signedBy(next))).toBe(200)
    expect(await statusOf(signedBy(stage.issuer.key))).toBe(200)
  })

  test('a revoked key is refused ten minutes later, even for a new token', async () => {
    const token = signedBy(stage.issuer.key)
    expect(await statusOf(token)).toBe(200)
    stage.issuer.publish(next.jwk)
    now += 10 * MINUTE_MS + 1
    expect(await statusOf(token)).toBe(401)
    expect(await statusOf(signedBy(next))).toBe(200)
    stage.issuer.publish(stage.issuer.key.jwk)
    now += 10 * MINUTE_MS + 1
    expect(await statusOf(token)).toBe(200)
  })

  test("Auth0's own order, with the next key published before, refuses nobody", async () => {
    await using own = await startHarness()
    const before = await own.auth0.accessTokenFor('alice@example.com')
    expect(await statusOf(before, own.url)).toBe(200)
    await own.auth0.rotateKeys()
    const after = await own.auth0.accessTokenFor('alice@example.com')
    expect(after.split('.')[0]).not.toBe(before.split('.')[0])
    expect(await statusOf(after, own.url)).toBe(200)
    expect(await statusOf(before, own.url)).toBe(200)
  })
})

test('a thousand unknown keys, fifty at a time, cause one request to the issuer', async () => {
  const good = honest(stage)
  const before = asked()
  for (let wave = 0; wave < 20; wave++) {
    const storm = Array.from({ length: 50 }, (_, n) => statusOf(unknown(`unknown-${wave}-${n}`)))
    expect(await statusOf(good)).toBe(200)
    expect(new Set(await Promise.all(storm))).toEqual(new Set([401]))
  }
  expect(asked()).toBe(before + 1)
})

describe('when the issuer hangs', () => {
  test('an unknown key is refused in time, and a known one does not wait', async () => {
    stage.issuer.answerKeysWith(drip)
    const before = asked()
    const startedAt = performance.now()
    let isAnswered = false
    const refused = statusOf(unknown('unknown')).finally(() => {
      isAnswered = true
    })
    await expect.poll(asked).toBe(before + 1)

    expect(await statusOf(honest(stage))).toBe(200)
    expect(isAnswered).toBe(false)

    expect(await refused).toBe(401)
    expect(performance.now() - startedAt).toBeLessThan(GIVEN_UP_MS)
  })

  test('and its keys were never loaded, requests fail in time with a problem that may pass', async () => {
    await using issuer = await startIssuer(next)
    issuer.answerKeysWith(drip)
    await using own = await startHarness({
      env: { AUTH0_DOMAIN: issuer.domain, AUTH0_AUDIENCE: AUDIENCE, AUTH0_CLIENT_ID: CLIENT_ID },
    })
    const headers = [['Authorization', `Bearer ${signGood(issuer)}`]] as const
    const startedAt = performance.now()
    const answer = await send(`${own.url}/v1/me`, { headers })
    expect(performance.now() - startedAt).toBeLessThan(GIVEN_UP_MS)
    expect(answer.status).toBe(503)
    expect(answer.headers['retry-after']).toBeDefined()
    expect(JSON.parse(answer.body)).toMatchObject({ type: '/problems/unavailable' })
    // Tokens that are wrong in other ways are still refused for that.
    expect(await statusOf(signGood(issuer, { header: { alg: 'none' } }), own.url)).toBe(401)
  })
})

test('the profile of RFC 9068 is accepted when it is the configured one', async () => {
  const { domain } = stage.issuer
  await using own = await startHarness({
    env: {
      AUTH0_DOMAIN: domain,
      AUTH0_AUDIENCE: AUDIENCE,
      AUTH0_CLIENT_ID: CLIENT_ID,
      AUTH0_TOKEN_TYPE: 'at+jwt',
    },
  })
  const typed = (typ: string) => statusOf(signGood(stage.issuer, { header: { typ } }), own.url)
  expect(await typed('at+jwt')).toBe(200)
  expect(await typed('application/at+jwt')).toBe(200)
  expect(await typed('JWT')).toBe(401)
})
