import { gzipSync } from 'node:zlib'
import type { EndpointDefinition } from '@conclave/shared/contract'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arrive } from '../../test/data-people.ts'
import { GENERAL } from '../../test/data-rooms.ts'
import { startHarness, WEB_ORIGIN, type Harness } from '../../test/harness.ts'
import { send } from '../../test/raw-request.ts'
import { stateOf } from '../../test/untouched.ts'

let harness: Harness

beforeAll(async () => {
  harness = await startHarness({ env: { WEB_ORIGIN: `${WEB_ORIGIN},https://chat.example.com` } })
})
afterAll(() => harness.close())

test.each([
  ['an answer', '/livez', 200],
  ['a refusal', '/v1/me', 401],
  ['nothing', '/nothing', 404],
])('%s has the headers of something no page may frame, run or keep', async (_, path, status) => {
  const answer = await send(harness.url + path)
  expect(answer.status).toBe(status)
  expect(answer.headers).toMatchObject({
    'content-security-policy': "default-src 'none';frame-ancestors 'none';sandbox",
    'cross-origin-resource-policy': 'same-site',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'cache-control': 'no-store',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect(answer.headers['x-powered-by']).toBeUndefined()
})

test('a request id is ours, whatever the client would like', async () => {
  const headers = [
    ['X-Request-Id', 'mine'],
    ['Request-Id', 'mine'],
  ] as const
  expect((await send(`${harness.url}/livez`, { headers })).headers['x-request-id']).not.toBe('mine')
})

function preflight(origin: string) {
  return send(`${harness.url}/v1/me`, {
    method: 'OPTIONS',
    headers: [
      ['Origin', origin],
      ['Access-Control-Request-Method', 'PATCH'],
      ['Access-Control-Request-Headers', 'authorization, content-type'],
    ],
  })
}

describe('cross-origin', () => {
  test.each([WEB_ORIGIN, 'https://chat.example.com'])('%s may read', async (origin) => {
    const answer = await preflight(origin)
    expect(answer.status).toBe(204)
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-max-age': '600',
    })
    const actual = await send(`${harness.url}/livez`, { headers: [['Origin', origin]] })
    expect(actual.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'retry-after, www-authenticate, x-request-id',
      vary: expect.stringContaining('Origin'),
    })
    expect(actual.headers['access-control-allow-credentials']).toBeUndefined()
  })

  test('our web can read a refusal, too', async () => {
    const refused = await send(`${harness.url}/v1/me`, { headers: [['Origin', WEB_ORIGIN]] })
    expect(refused.status).toBe(401)
    expect(refused.headers['access-control-allow-origin']).toBe(WEB_ORIGIN)
  })

  test.each([
    'https://evil.test',
    'null',
    'https://chat.example.com.evil.test',
    'https://evilchat.example.com',
    'http://chat.example.com',
    'https://chat.example.com:8443',
    'https://CHAT.example.com',
    'https://chat.example.com/',
    `${WEB_ORIGIN}, https://evil.test`,
    '*',
  ])('%s may not', async (origin) => {
    const asked = await preflight(origin)
    const actual = await send(`${harness.url}/livez`, { headers: [['Origin', origin]] })
    for (const { headers } of [asked, actual]) {
      expect(headers['access-control-allow-origin']).toBeUndefined()
      expect(headers['access-control-allow-credentials']).toBeUndefined()
    }
    expect(actual.headers['vary']).toContain('Origin')
  })
})

test('an address that a client made up is not believed', async () => {
  await using own = await startHarness({
    env: { TRUSTED_PROXIES: '192.0.2.0/24' },
    routes: (app) => void app.get('/ip', { config: { access: 'public' } }, async ({ ip }) => ip),
  })
  const headers = [['X-Forwarded-For', '203.0.113.9']] as const
  expect((await send(`${own.url}/ip`, { headers })).body).toBe('127.0.0.1')

  await using behind = await startHarness({
    env: { TRUSTED_PROXIES: '127.0.0.0/8' },
    routes: (app) => void app.get('/ip', { config: { access: 'public' } }, async ({ ip }) => ip),
  })
  const chain = [['X-Forwarded-For', '198.51.100.1, 203.0.113.9']] as const
  expect((await send(`${behind.url}/ip`, { headers: chain })).body).toBe('203.0.113.9')
})

function post(path: string, contentType: string, headers: (readonly [string, string])[]) {
  return send(harness.url + path.replaceAll(/:\w+/g, GENERAL), {
    method: 'POST',
    headers: [
      ['Origin', 'https://evil.test'],
      ...(contentType === '' ? [] : [['Content-Type', contentType] as const]),
      ...headers,
    ],
    body: 'a=b',
  })
}

describe('what a page of another site can make a browser send by itself', () => {
  const POSTS = Object.values<EndpointDefinition>(ENDPOINTS).filter(
    ({ method, access }) => method === 'POST' && access === 'person',
  )
  const SIMPLE = ['', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']

  test.each(POSTS.map(({ path }) => path))('to %s does nothing', async (path) => {
    const { token } = await harness.as('alice@example.com')
    for (const contentType of SIMPLE) {
      const blind = await post(path, contentType, [])
      expect(blind.status).toBe(401)
      // Not even with a token, which no browser adds by itself; Pusher's own two addresses do take a form.
      const known = await post(path, contentType, [['Authorization', `Bearer ${token}`]])
      expect([400, 415]).toContain(known.status)
      for (const { headers } of [blind, known]) {
        expect(headers['set-cookie']).toBeUndefined()
        expect(headers['access-control-allow-origin']).toBeUndefined()
      }
    }
  })
})

test('looking changes nothing', async () => {
  const [alice] = await arrive(harness, ['alice'])
  const paths = Object.values<EndpointDefinition>(ENDPOINTS)
    .filter(({ method, access }) => method === 'GET' && access === 'person')
    .map(({ path }) => path.replace(':personId', alice!.id).replaceAll(/:\w+/g, GENERAL))
  const looked = async () => {
    const statuses: number[] = []
    for (const path of paths) {
      const query = path.endsWith('/changes') ? '?after=0' : ''
      statuses.push((await alice!.send('GET', path + query)).status)
    }
    return statuses
  }
  await looked()
  const before = await stateOf(harness)
  const statuses = await looked()
  expect(await stateOf(harness)).toEqual(before)
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(5)
})

test('a body that is packed is not unpacked', async () => {
  const { token } = await harness.as('alice@example.com')
  const patch = async (encoding: string, body: string | Buffer) =>
    send(`${harness.url}/v1/me`, {
      method: 'PATCH',
      headers: [
        ['Authorization', `Bearer ${token}`],
        ['Content-Type', 'application/json'],
        ['Content-Encoding', encoding],
      ],
      body,
    })
  const status = '{"status":"busy"}'
  for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'x', 'identity, gzip']) {
    expect((await patch(encoding, gzipSync(status))).status).toBe(415)
    expect((await patch(encoding, status)).status).toBe(415)
  }
  expect((await patch('identity', status)).status).toBe(200)
})
