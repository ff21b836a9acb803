import type { EndpointDefinition } from '@conclave/shared/contract'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import { ADDRESS_LIMIT, LIMITS } from '@conclave/shared/limits'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GENERAL, NOWHERE } from '../../../test/data-rooms.ts'
import { startHarness, type Harness } from '../../../test/harness.ts'
import type { Instance } from '../../../test/instance.ts'
import { startIssuer, type Issuer } from '../../../test/issuer.ts'
import { send, type Answer } from '../../../test/raw-request.ts'
import { AUDIENCE, CLIENT_ID, signGood } from '../../../test/good-tokens.ts'

const POSTS = 3
const SIGNATURES = LIMITS.signing.max
const ENDPOINTS_OF_PEOPLE = Object.entries<EndpointDefinition>(ENDPOINTS).flatMap(
  ([name, endpoint]) => (endpoint.access === 'person' ? [[name, endpoint] as const] : []),
)

let issuer: Issuer
let harness: Harness
/** An api with limits of 1. */
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

test('200 channels a minute are too many, over all instances, and only for that person', async () => {
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
  expect((await postAs('alice')).status).toBe(201)
})

test('a status changes as often as a person changes it, over all instances, and each person’s by itself', async () => {
  const [url, another] = [harness.url, (await harness.another()).url]
  const change = async (who: string, nth: number): Promise<Answer> =>
    request(nth % 2 ? url : another, 'PATCH', '/v1/me', who, {
      status: nth % 2 ? 'busy' : 'available',
    })
  const answers = await inTurn(
    times(LIMITS.status.max + 1, (nth) => async () => change('olivia', nth)),
  )
  expect(answers.map(({ status }) => status)).toEqual([...times(LIMITS.status.max, () => 200), 429])
  expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0)
  expect((await change('peggy', 1)).status).toBe(200)
  const read = `/v1/rooms/${GENERAL}/read`
  expect((await request(url, 'PUT', read, 'olivia', { seq: 0 })).status).toBe(200)
})

test('all addresses and tokens of a person share one count', async () => {
  const answers = await inTurn(
    times(
      POSTS + 1,
      (nth) => async () => postAs('dave', { from: `203.0.113.${nth}`, token: { jti: v7() } }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual([...times(POSTS, () => 201), 429])
  expect((await postAs('erin', { from: '203.0.113.1' })).status).toBe(201)
})

test.concurrent('after the time in Retry-After requests are accepted again, and no sooner', async () => {
  await Promise.all(times(POSTS, async () => postAs('carol')))
  const refusedAt = performance.now()
  const refused = await postAs('carol')
  const answeredAt = performance.now()
  expect(refused.status).toBe(429)
  expect(JSON.parse(refused.body)).toMatchObject({ type: '/problems/slow-down', status: 429 })
  expect(refused.headers).toMatchObject({
    'ratelimit-limit': String(POSTS),
    'ratelimit-remaining': '0',
    'ratelimit-reset': refused.headers['retry-after'],
  })
  const waitMs = Number(refused.headers['retry-after']) * 1_000
  expect(waitMs).toBeGreaterThan(0)
  let askedAt = 0
  let lastRefusedAt = 0
  await expect
    .poll(
      async () => {
        askedAt = performance.now()
        const { status } = await postAs('carol')
        if (status !== 201) lastRefusedAt = askedAt
        return status
      },
      { interval: 100, timeout: waitMs + 10_000 },
    )
    .toBe(201)
  // Whole seconds are all that Retry-After can say, so it may be up to one too long, and is never too short.
  expect(askedAt - refusedAt).toBeGreaterThan(waitMs - 1_100)
  expect(lastRefusedAt - answeredAt).toBeLessThan(waitMs)
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
    // The attacker sends any header; the proxy adds the real address.
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

  test('and without a trusted proxy, whatever the header says', async () => {
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

describe('a copied token, however it is used, does not keep its owner from', () => {
  const FEW = '0.1'
  const SID = 'https://conclave.example/sid'
  const token = { [SID]: 'the copied one' }
  const at = (url: string) => async (method: string, path: string) =>
    request(url, method, path, 'grace', undefined, { token })

  function tooMany(limit: keyof typeof LIMITS): number {
    return LIMITS[limit].max * Number(FEW) + 5
  }

  /** Calls every endpoint, with malformed bodies and unknown ids, beyond its limit. */
  async function useUp(url: string): Promise<void> {
    for (const [name, { method, path, limit }] of ENDPOINTS_OF_PEOPLE) {
      const target = path.replaceAll(/:\w+/g, NOWHERE)
      const malformed = async () =>
        send(url + target, {
          method,
          headers: [bearer('grace', token), ['Content-Type', 'x']],
          ...(method === 'GET' ? {} : { body: '{' }),
        })
      const ofNothing = async () =>
        request(url, method, target, 'grace', method === 'PUT' ? {} : undefined, { token })
      await Promise.all(times(tooMany(limit), malformed))
      // That one would be done.
      if (name !== 'endSessions') await Promise.all(times(tooMany(limit), ofNothing))
    }
  }

  let own: Instance
  let ids: { grace: string; heidi: string; niaj: string; room: string; session: string }

  beforeAll(async () => {
    own = await harness.another({ API_LIMITS_FACTOR: FEW })
    // A session of hers in another place, and what there is to defend.
    await request(harness.url, 'GET', '/v1/me', 'grace', undefined, { token: { [SID]: 'another' } })
    const grace = idOf(await request(harness.url, 'GET', '/v1/me', 'grace', undefined, { token }))
    const heidi = idOf(await request(harness.url, 'GET', '/v1/me', 'heidi', undefined))
    const niaj = idOf(await request(harness.url, 'GET', '/v1/me', 'niaj', undefined))
    await harness.owner`update people set role = 'owner' where id = ${grace}`
    const closed = { kind: 'closed', name: 'Hers' }
    const room = idOf(await request(harness.url, 'POST', '/v1/rooms', 'grace', closed, { token }))
    const added = { personId: heidi }
    await request(harness.url, 'POST', `/v1/rooms/${room}/members`, 'grace', added, { token })
    const [session] = await harness.owner<{ id: string }[]>`
      select id from sessions where person_id = ${grace} and sid = 'another'`
    ids = { grace, heidi, niaj, room, session: session?.id ?? '' }
    await useUp(own.url)
  })

  test.each([
    ['createRoom', 'POST', '/v1/rooms', { kind: 'closed', name: 'One more' }],
    ['listRooms', 'GET', '/v1/rooms', undefined],
    ['endSession', 'DELETE', `/v1/me/sessions/${NOWHERE}`, undefined],
  ] as const)('nothing else: %s is used up', async (name, method, path, body) => {
    // At once: of what was used up before, a minute may have ended.
    const ask = async () => request(own.url, method, path, 'grace', body, { token })
    const answers = await Promise.all(times(tooMany(ENDPOINTS[name].limit), ask))
    expect(answers.map(({ status }) => status)).toContain(429)
  })

  // From her own address.
  test('seeing where she is signed in', async () => {
    const from = { token, from: '203.0.113.77' }
    for (const path of ['/v1/me', '/v1/me/sessions', '/v1/admin/people']) {
      const { status } = await request(own.url, 'GET', path, 'grace', undefined, from)
      expect([path, status]).toEqual([path, 200])
    }
  })

  test.each([
    [
      'taking somebody out of a room',
      'DELETE',
      (): string => `/v1/rooms/${ids.room}/members/${ids.heidi}`,
    ],
    ['blocking somebody', 'PUT', (): string => `/v1/admin/people/${ids.niaj}/block`],
    ['ending another session', 'DELETE', (): string => `/v1/me/sessions/${ids.session}`],
  ] as const)('%s', async (_, method, path) => {
    const body = method === 'PUT' ? {} : undefined
    const { status } = await request(own.url, method, path(), 'grace', body, { token })
    expect(status).toBe(200)
  })

  test('signing out everywhere, and afterwards it is nothing', async () => {
    expect((await at(own.url)('DELETE', '/v1/me/sessions')).status).toBe(200)
    expect((await at(own.url)('GET', '/v1/rooms')).status).toBe(401)
    await harness.owner`update people set not_before = null where id = ${ids.grace}`
    await harness.owner`update sessions set ended_at = null where person_id = ${ids.grace}`
  })
})

test('repeating one act reaches the limit, and another act does not', async () => {
  await using own = await harness.another({ API_LIMITS_FACTOR: '0.1' })
  const person = async (name: string): Promise<string> =>
    idOf(await request(harness.url, 'GET', '/v1/me', name, undefined))
  const [ivan, judy, kim] = [await person('ivan'), await person('judy'), await person('kim')]
  await harness.owner`update people set role = 'owner' where id = ${kim}`
  const block = async (id: string): Promise<number> =>
    (await request(own.url, 'PUT', `/v1/admin/people/${id}/block`, 'kim', {})).status
  const blocks = await inTurn(times(3, () => async () => block(ivan)))
  expect(blocks).toEqual([200, 200, 429])
  expect(await block(judy)).toBe(200)
})

test('when counting fails nothing sensitive is done, and the rest continues', async () => {
  const createRoom = async () =>
    (await request(harness.url, 'POST', '/v1/rooms', 'frank', { kind: 'closed', name: 'x' })).status
  expect(await createRoom()).toBe(201)
  await harness.owner`alter table limit_counts rename to elsewhere`
  const statuses = [
    await createRoom(),
    (await authorize(harness.url, 'frank')).status,
    (await postAs('frank')).status,
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

function postAs(who: string, asking?: Asking): Promise<Answer> {
  const body = { id: v7(), text: 'hello' }
  return request(harness.url, 'POST', `/v1/rooms/${GENERAL}/messages`, who, body, asking)
}

function request(
  url: string,
  method: string,
  path: string,
  who: string,
  body: object | undefined,
  { from = '198.51.100.1', token }: Asking = {},
): Promise<Answer> {
  const headers = [
    bearer(who, token),
    ['Content-Type', 'application/json'],
    ['X-Forwarded-For', from],
  ] as const
  return send(url + path, {
    method,
    headers: body === undefined ? headers.filter(([name]) => name !== 'Content-Type') : headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

function idOf({ body }: Answer): string {
  return (JSON.parse(body) as { id: string }).id
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
