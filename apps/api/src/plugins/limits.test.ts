import type { EndpointDefinition } from '@conclave/shared/contract'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import { ADDRESS_LIMIT, LIMITS } from '@conclave/shared/limits'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GENERAL } from '../../test/data-rooms.ts'
import { startHarness, type Harness } from '../../test/harness.ts'
import type { Instance } from '../../test/instance.ts'
import { startIssuer, type Issuer } from '../../test/issuer.ts'
import { send, type Answer } from '../../test/raw-request.ts'
import { AUDIENCE, CLIENT_ID, signGood } from '../../test/tokens.ts'

const POSTS = 3
const SIGNATURES = LIMITS.signing.max
const ENDPOINTS_OF_PEOPLE = Object.entries<EndpointDefinition>(ENDPOINTS).flatMap(
  ([name, endpoint]) => (endpoint.access === 'person' ? [[name, endpoint] as const] : []),
)

let issuer: Issuer
let harness: Harness
/** Where nobody may do anything twice. */
let tight: Instance

beforeAll(async () => {
  issuer = await startIssuer()
  harness = await startHarness({
    env: {
      AUTH0_DOMAIN: issuer.domain,
      AUTH0_AUDIENCE: AUDIENCE,
      AUTH0_CLIENT_ID: CLIENT_ID,
      TRUSTED_PROXIES: '127.0.0.0/8',
      API_LIMITS_FACTOR: `1,posting:${POSTS / LIMITS.posting.max}`,
    },
  })
  tight = await harness.another({ API_LIMITS_FACTOR: '0.001' })
})
afterAll(async () => {
  await harness.close()
  await issuer[Symbol.asyncDispose]()
})

test('200 channels a minute are too many, on however many instances, and only for the one who asks', async () => {
  const [url, another] = [harness.url, (await harness.another()).url]
  const asked = await Promise.all(
    times(200, async (nth) =>
      authorize(nth % 2 ? url : another, 'alice', { from: `10.0.0.${nth}` }),
    ),
  )
  const refused = asked.filter(({ status }) => status === 429)
  expect(asked.filter(({ status }) => status === 404)).toHaveLength(SIGNATURES)
  expect(refused).toHaveLength(200 - SIGNATURES)
  for (const { headers } of refused) {
    expect(Number(headers['retry-after'])).toBeGreaterThan(LIMITS.signing.windowSeconds - 20)
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(LIMITS.signing.windowSeconds)
  }
  expect((await authorize(another, 'bob')).status).toBe(404)
  expect((await say('alice')).status).toBe(201)
})

test('a person is one person, from whatever address and with whatever token', async () => {
  const answers = await inTurn(
    times(
      POSTS + 1,
      (nth) => async () => say('dave', { from: `203.0.113.${nth}`, token: { jti: v7() } }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual([...times(POSTS, () => 201), 429])
  expect((await say('erin', { from: '203.0.113.1' })).status).toBe(201)
})

test.concurrent('who waits for as long as the answer says is heard again, and no sooner', async () => {
  await Promise.all(times(POSTS, async () => say('carol')))
  const refusedAt = performance.now()
  const refused = await say('carol')
  expect(refused.status).toBe(429)
  expect(JSON.parse(refused.body)).toMatchObject({ type: '/problems/slow-down', status: 429 })
  expect(refused.headers).toMatchObject({
    'ratelimit-limit': String(POSTS),
    'ratelimit-remaining': '0',
    'ratelimit-reset': refused.headers['retry-after'],
  })
  const waitMs = Number(refused.headers['retry-after']) * 1_000
  expect(waitMs).toBeGreaterThan(0)
  await expect
    .poll(async () => (await say('carol')).status, { interval: 100, timeout: waitMs + 5_000 })
    .toBe(201)
  const waitedMs = performance.now() - refusedAt
  // Whole seconds are all that Retry-After can say, so it may be up to one too long.
  expect(waitedMs).toBeGreaterThan(waitMs - 1_100)
  expect(waitedMs).toBeLessThan(waitMs + 1_000)
})

test.concurrent.each(ENDPOINTS_OF_PEOPLE)('%s counts against its limit', async (name, endpoint) => {
  const ask = async (token = {}) =>
    send(tight.url + endpoint.path.replaceAll(/:\w+/g, GENERAL), {
      method: endpoint.method,
      headers: [bearer(name, token), ['Content-Type', 'application/json']],
      ...(endpoint.method === 'GET' ? {} : { body: '{}' }),
    })
  const first = await ask()
  expect(first.status).not.toBe(429)
  expect(first.headers['ratelimit-limit']).toBe('1')
  // Issued after the first request, which may have ended every session until then.
  expect((await ask({ iat: Math.floor(Date.now() / 1000) + 4 })).status).toBe(429)
})

describe('an address that keeps failing is told to slow down', () => {
  const LIMIT = 6

  test.each([
    ['with bad tokens', '/v1/me', 401],
    ['with paths that are not there', '/nowhere', 404],
  ])('%s', async (_, path, status) => {
    await using own = await harness.another({
      API_LIMITS_FACTOR: `address:${LIMIT / ADDRESS_LIMIT.max}`,
    })
    const fail = async (...headers: (readonly [string, string])[]) =>
      send(own.url + path, { headers: [['Authorization', 'Bearer x'], ...headers] })
    // The attacker writes what they like; the proxy adds where they really are.
    const attack = async (nth: number) => fail(['X-Forwarded-For', `192.0.2.${nth}, 203.0.113.9`])
    const answers = await inTurn(times(100, (nth) => async () => attack(nth)))
    expect(answers.map((answer) => answer.status)).toEqual([
      ...times(LIMIT, () => status),
      ...times(100 - LIMIT, () => 429),
    ])
    expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(50)

    expect((await fail(['X-Forwarded-For', '198.51.100.7'])).status).toBe(status)
    const colleague = await send(`${own.url}/v1/me`, {
      headers: [bearer('alice'), ['X-Forwarded-For', '203.0.113.9']],
    })
    expect(colleague.status).toBe(200)
  })

  test('and where no proxy is trusted, whatever it writes', async () => {
    const env = {
      API_LIMITS_FACTOR: `address:${LIMIT / ADDRESS_LIMIT.max}`,
      TRUSTED_PROXIES: '192.0.2.0/24',
    }
    await using own = await harness.another(env)
    const answers = await inTurn(
      times(
        LIMIT + 1,
        (nth) => async () =>
          send(`${own.url}/nowhere`, { headers: [['X-Forwarded-For', `203.0.113.${nth}`]] }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([...times(LIMIT, () => 404), 429])
  })

  test('as one, with all the addresses of its network in IPv6', async () => {
    await using own = await harness.another({
      API_LIMITS_FACTOR: `address:${LIMIT / ADDRESS_LIMIT.max}`,
    })
    const fail = async (from: string) =>
      (await send(`${own.url}/nowhere`, { headers: [['X-Forwarded-For', from]] })).status
    const statuses = await inTurn(
      times(LIMIT + 1, (nth) => async () => fail(`2001:db8:0:1:${nth + 1}::${nth}`)),
    )
    expect(statuses).toEqual([...times(LIMIT, () => 404), 429])
    expect(await fail('2001:db8:0:2::1')).toBe(404)
  })
})

test('without its count nothing sensitive is done, and the rest goes on', async () => {
  const createRoom = async () =>
    (await request(harness.url, 'POST', '/v1/rooms', 'frank', { kind: 'closed', name: 'x' })).status
  expect(await createRoom()).toBe(201)
  await harness.owner`alter table limit_counts rename to elsewhere`
  const statuses = [
    await createRoom(),
    (await authorize(harness.url, 'frank')).status,
    (await say('frank')).status,
  ]
  await harness.owner`alter table elsewhere rename to limit_counts`
  expect(statuses).toEqual([503, 404, 201])
  expect(await createRoom()).toBe(201)
})

interface Asking {
  /** The address that the proxy saw. */
  from?: string
  token?: Record<string, unknown>
}

function authorize(url: string, who: string, asking?: Asking): Promise<Answer> {
  const body = { socket_id: '1.1', channel_name: 'private-encrypted-team-e999' }
  return request(url, 'POST', '/pusher/auth', who, body, asking)
}

function say(who: string, asking?: Asking): Promise<Answer> {
  const body = { id: v7(), text: 'hello' }
  return request(harness.url, 'POST', `/v1/rooms/${GENERAL}/messages`, who, body, asking)
}

function request(
  url: string,
  method: string,
  path: string,
  who: string,
  body: object,
  { from = '198.51.100.1', token }: Asking = {},
): Promise<Answer> {
  const headers = [
    bearer(who, token),
    ['Content-Type', 'application/json'],
    ['X-Forwarded-For', from],
  ] as const
  return send(url + path, { method, headers, body: JSON.stringify(body) })
}

function bearer(who: string, claims: Record<string, unknown> = {}): readonly [string, string] {
  const token = signGood(issuer, { claims: { sub: `auth0|${who}`, ...claims } })
  return ['Authorization', `Bearer ${token}`]
}

function times<T>(count: number, make: (nth: number) => T): T[] {
  return Array.from({ length: count }, (_, nth) => make(nth))
}

async function inTurn<T>(steps: (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = []
  for (const step of steps) results.push(await step())
  return results
}
