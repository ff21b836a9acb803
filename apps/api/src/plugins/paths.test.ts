import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startHarness, type Harness } from '../../test/harness.ts'
import { send, type Answer } from '../../test/raw-request.ts'
import { converse, type Heard } from '../../test/raw-socket.ts'

let harness: Harness
let token: string

beforeAll(async () => {
  harness = await startHarness()
  token = (await harness.as('alice@example.com')).token
  expect((await ask('GET', '/v1/me', true)).statuses).toEqual([200])
})
afterAll(async () => harness.close())

/** Over a socket, because client libraries normalise paths. */
function ask(method: string, path: string, signedIn: boolean, ...lines: string[]): Promise<Heard> {
  const all = [
    `${method} ${path} HTTP/1.1`,
    'Host: api.example.com',
    ...(signedIn ? [`Authorization: Bearer ${token}`] : []),
    ...lines,
    'Connection: close',
  ]
  return converse(harness.url, `${all.join('\r\n')}\r\n\r\n`)
}

describe('a path', () => {
  test.each([
    '/',
    '/v2/me',
    '/v1/ME',
    '/V1/me',
    '/v1/me/',
    '/v1//me',
    '//v1/me',
    '/v1/me;a',
    '/v1/me%00',
    '/v1/me%20',
    '/v1%2fme',
    '/./v1/me',
    '/v1/./me',
    '/v1/rooms/../me',
    '/v1/rooms/%2e%2e/me',
    '/v1/rooms/..%2fme',
    '/v1\\me',
    '//evil.test/v1/me',
    '/.env',
    '/.git/HEAD',
    '/metrics/',
    '/v1/people/x/y',
  ])('%s is nothing, signed in or not', async (path) => {
    for (const signedIn of [true, false]) {
      const { statuses, text } = await ask('GET', path, signedIn)
      expect(statuses[0]).toBeGreaterThanOrEqual(400)
      expect([400, 401, 404]).toContain(statuses[0])
      expect(text).toMatch(/"type":"\/problems\/(invalid-request|not-signed-in|not-found)"/)
      expect(text).not.toContain('alice@')
    }
  })

  test('written in another way leads to the same route, with the same access check', async () => {
    expect((await ask('GET', '/v1/%6de', true)).statuses).toEqual([200])
    expect((await ask('GET', '/v1/%6de', false)).statuses).toEqual([401])
    expect((await ask('GET', '/v1/me?', true)).statuses).toEqual([200])
    expect((await ask('GET', '/v1/me?', false)).statuses).toEqual([401])
  })

  test.each(['%00', '%0a', '..%2f..%2fetc%2fpasswd', '%ff', 'null', "'%20or%201=1--", '1'])(
    'with %s for an id finds nobody',
    async (id) => {
      const { statuses } = await ask('GET', `/v1/people/${id}`, true)
      expect(statuses).toHaveLength(1)
      expect([400, 404]).toContain(statuses[0])
    },
  )

  test('that cannot be decoded is refused', async () => {
    const { statuses, text } = await ask('GET', '/v1/people/%E0%A4%A', true)
    expect(statuses).toEqual([400])
    expect(text).toContain('"/problems/invalid-request"')
  })

  test.each([
    ['absolute, to another host', 'http://evil.test/v1/me'],
    ['absolute, to this one', 'http://api.example.com/v1/me'],
    ['a host alone', 'evil.test:443'],
    ['everything', '*'],
  ])('is a path, and not %s', async (_, target) => {
    const { statuses, text } = await ask('GET', target, true)
    expect(statuses).toEqual([400])
    expect(text).not.toContain('alice@')
  })
})

describe('a query', () => {
  test.each([
    'after=1&after=2',
    'after[]=1',
    'after[x]=1',
    'after=1&__proto__=x',
    'after=1&constructor=x',
    'after=1&more=x',
    'after=%00',
    'after=-1',
    'after=1e3',
    'after=0x10',
    'after=01',
    'after=%20 1',
    'after=NaN',
    'after=infinity',
    'after=null',
    'after=99999999999999999999',
    'after=',
    '',
  ])('of changes may not be %j', async (query) => {
    const { statuses } = await ask('GET', `${CHANGES}?${query.replaceAll(' ', '')}`, true)
    expect(statuses).toEqual([400])
  })

  test('may be what is documented', async () => {
    expect((await ask('GET', `${CHANGES}?after=1`, true)).statuses).toEqual([200])
  })

  test.each(['0', '-1', '101', '1e9', 'NaN', '10abc', '1.5', '', '10&limit=20'])(
    'asks for no page of %s',
    async (limit) => {
      const { statuses } = await ask('GET', `${MESSAGES}?limit=${limit}`, true)
      expect(statuses).toEqual([400])
      expect((await ask('GET', `${MESSAGES}?limit=100`, true)).statuses).toEqual([200])
    },
  )
})

describe('a method', () => {
  test.each(['HEAD', 'DELETE', 'PROPFIND', 'TRACE'])(
    '%s is not offered where it is not declared',
    async (method) => {
      const { statuses, text } = await ask(method, '/v1/me', true, 'X-Custom: echo-me')
      expect(statuses).toHaveLength(1)
      expect([404, 405]).toContain(statuses[0])
      expect(text).not.toContain('alice@')
      expect(text).not.toContain('echo-me')
    },
  )

  test('is the one of the request line, whatever a header would like', async () => {
    for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
      const { statuses, text } = await ask('GET', '/v1/me', true, `${name}: PATCH`)
      expect(statuses).toEqual([200])
      expect(text).toContain('alice@')
      expect((await ask('DELETE', '/v1/me', true, `${name}: GET`)).statuses).toEqual([405])
    }
  })

  test('OPTIONS is for preflights', async () => {
    expect((await ask('OPTIONS', '/v1/me', true)).statuses).toEqual([400])
  })

  test('that would open a tunnel gets no response', async () => {
    expect(
      await converse(harness.url, 'CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test\r\n\r\n'),
    ).toEqual({ statuses: [], text: '' })
  })

  test('that is not allowed is answered with those that are', async () => {
    const answer: Answer = await send(`${harness.url}/v1/me?x=1`, { method: 'DELETE' })
    expect(answer.status).toBe(405)
    expect(answer.headers['allow']).toBe('GET, PATCH')
    expect(JSON.parse(answer.body)).toMatchObject({ type: '/problems/method-not-allowed' })
  })
})

const GENERAL_ROOM = '/v1/rooms/01900000-0000-7000-8000-000000000001'
const CHANGES = `${GENERAL_ROOM}/changes`
const MESSAGES = `${GENERAL_ROOM}/messages`
