import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHarness, type Harness } from '../../test/harness.ts'
import { startIssuer } from '../../test/issuer.ts'
import { send } from '../../test/raw-request.ts'
import { AUDIENCE, CLIENT_ID, signGood } from '../../test/tokens.ts'

let harness: Harness

beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness.close())

function getMe(url: string, token: string) {
  return send(`${url}/v1/me`, { headers: [['Authorization', `Bearer ${token}`]] })
}

test('who signed in before a key rotation and who signs in after it are both in', async () => {
  const before = await harness.auth0.accessTokenFor('alice@example.com')
  expect((await getMe(harness.url, before)).status).toBe(200)

  await harness.auth0.rotateKeys()
  const after = await harness.auth0.accessTokenFor('alice@example.com')

  expect(after.split('.')[0]).not.toBe(before.split('.')[0])
  expect((await getMe(harness.url, after)).status).toBe(200)
  expect((await getMe(harness.url, before)).status).toBe(200)
})

test('a storm of unknown keys makes at most two requests to the issuer', async () => {
  await using issuer = await startIssuer()
  await using own = await startHarness({
    env: { AUTH0_DOMAIN: issuer.domain, AUTH0_AUDIENCE: AUDIENCE, AUTH0_CLIENT_ID: CLIENT_ID },
  })
  const storm = Array.from({ length: 60 }, (_, n) =>
    getMe(own.url, signGood(issuer, { header: { kid: `unknown-${n}` } })),
  )
  const statuses = (await Promise.all(storm)).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([401]))
  expect(issuer.requests.length).toBeLessThanOrEqual(2)
  expect((await getMe(own.url, signGood(issuer))).status).toBe(200)
})

test('while the key set was never loaded, nobody is refused for good', async () => {
  await using issuer = await startIssuer()
  issuer.answerKeysWith((response) => response.writeHead(500).end())
  await using own = await startHarness({
    env: { AUTH0_DOMAIN: issuer.domain, AUTH0_AUDIENCE: AUDIENCE, AUTH0_CLIENT_ID: CLIENT_ID },
  })
  const answer = await getMe(own.url, signGood(issuer))
  expect(answer.status).toBe(503)
  expect(answer.headers['retry-after']).toBeDefined()
  expect(JSON.parse(answer.body)).toMatchObject({ type: '/problems/unavailable' })
  // What is wrong with a token before its key matters is said all the same.
  expect((await getMe(own.url, signGood(issuer, { header: { alg: 'none' } }))).status).toBe(401)
})

test('the profile of RFC 9068 is taken when it is the configured one', async () => {
  await using issuer = await startIssuer()
  await using own = await startHarness({
    env: {
      AUTH0_DOMAIN: issuer.domain,
      AUTH0_AUDIENCE: AUDIENCE,
      AUTH0_CLIENT_ID: CLIENT_ID,
      AUTH0_TOKEN_TYPE: 'at+jwt',
    },
  })
  const typed = (typ: string) => signGood(issuer, { header: { typ } })
  expect((await getMe(own.url, typed('at+jwt'))).status).toBe(200)
  expect((await getMe(own.url, typed('application/at+jwt'))).status).toBe(200)
  expect((await getMe(own.url, typed('JWT'))).status).toBe(401)
})
