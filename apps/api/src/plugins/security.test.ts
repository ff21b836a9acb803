import { once } from 'node:events'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { EndpointDefinition } from '@conclave/shared/contract'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import { PROBLEMS } from '@conclave/shared/problems'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arrive } from '../../test/data-people.ts'
import { GENERAL } from '../../test/data-rooms.ts'
import { startHarness, WEB_ORIGIN, type Harness } from '../../test/harness.ts'
import { send } from '../../test/raw-request.ts'
import { converse, exchange, hear, lines, open } from '../../test/raw-socket.ts'
import { stateOf } from '../../test/untouched.ts'
import { ALWAYS } from './security.ts'

const HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none';sandbox",
  'cross-origin-resource-policy': 'same-site',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'cache-control': 'no-store',
  'conclave-version': expect.stringMatching(/^\d+;oldest=\d+$/),
  'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
}

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
  expect(answer.headers).toMatchObject(HEADERS)
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect(answer.headers['x-powered-by']).toBeUndefined()
})

describe('responses before there is a request', () => {
  const HOST = 'Host: api.example.com'
  const long = 'x'.repeat(20_000)

  test.each([
    ['a path that cannot be read', [`GET /%zz HTTP/1.1`, HOST], 400, 'invalid-request'],
    ['half a letter in a path', ['GET /v1/people/%ff HTTP/1.1', HOST], 400, 'invalid-request'],
    [
      'an id without end',
      [`GET /v1/people/${'x'.repeat(5_000)} HTTP/1.1`, HOST],
      401,
      'not-signed-in',
    ],
    ['a head without end', ['GET /livez HTTP/1.1', HOST, `X-Long: ${long}`], 431, 'head-too-large'],
    ['an address without end', [`GET /${long} HTTP/1.1`, HOST], 431, 'head-too-large'],
    ['a method that there is not', ['PATCHY /v1/me HTTP/1.1', HOST], 400, 'invalid-request'],
    ['a method for files', ['PROPFIND /v1/me HTTP/1.1', HOST], 405, 'method-not-allowed'],
    ['a method that shows itself', ['TRACE /v1/me HTTP/1.1', HOST], 405, 'method-not-allowed'],
    ['something that is no HTTP', ['\u0016\u0003\u0001'], 400, 'invalid-request'],
    ['no host', ['GET /livez HTTP/1.1'], 400, 'invalid-request'],
    [
      'two types',
      ['GET /livez HTTP/1.1', HOST, 'Content-Type: a/b', 'Content-Type: a/b'],
      400,
      'invalid-request',
    ],
    [
      'an expectation',
      ['GET /livez HTTP/1.1', HOST, 'Expect: the-best'],
      417,
      'expectation-failed',
    ],
    [
      'another protocol',
      ['GET /v1/me HTTP/1.1', HOST, 'Upgrade: websocket', 'Connection: Upgrade'],
      401,
      'not-signed-in',
    ],
  ] as const)('%s has the same headers, and its own status', async (_, head, status, slug) => {
    const answer = await exchange(harness.url, lines(...head))
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      status,
      expect.objectContaining({ type: `/problems/${slug}`, status }),
    ])
    expect(answer.headers).toMatchObject(HEADERS)
    expect(answer.headers['x-request-id']).toBe(
      (JSON.parse(answer.body) as { instance: string }).instance,
    )
    expect(Object.keys(PROBLEMS)).toContain(slug)
  })

  test('and they are those of every response', async () => {
    const { headers } = await send(`${harness.url}/v1/me`)
    const ours = Object.fromEntries(Object.keys(ALWAYS).map((name) => [name, headers[name]]))
    expect(ours).toEqual(ALWAYS)
  })

  test('they include the expected ones', async () => {
    const asked = lines('GET /livez HTTP/1.1', HOST, 'Expect: 100-continue')
    expect((await converse(harness.url, asked)).statuses).toContain(200)
  })
})

test('requests during shutdown get the same headers', async () => {
  const { promise: closing, resolve: closes } = Promise.withResolvers<void>()
  await using own = await startHarness({
    routes: (app) => {
      app.addHook('preClose', async () => closes())
    },
  })
  const half = 'GET /livez HTTP/1.1\r\nHost: x\r\n'
  const socket = open(own.url)
  const [arriving] = (await once(own.app.server, 'connection')) as [Socket]
  socket.write(half)
  await expect.poll(() => arriving.bytesRead).toBe(half.length)
  const closed = own.app.close()
  await closing
  socket.write('\r\n')
  const { text } = await hear(socket)
  await closed
  expect(text).toContain('503 Service Unavailable')
  expect(text).toContain('"type":"/problems/unavailable"')
  for (const [name, value] of Object.entries(ALWAYS))
    expect(text.toLowerCase()).toContain(`${name}: ${value}`.toLowerCase())
})

test('request ids are ours, whatever the client sends', async () => {
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
      'access-control-expose-headers':
        'conclave-version, retry-after, www-authenticate, x-request-id',
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

test('an address made up by a client is not trusted', async () => {
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

describe('a request that a page of another site can make a browser send', () => {
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

test('a compressed body is refused', async () => {
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
