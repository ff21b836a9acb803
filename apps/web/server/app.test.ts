import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paths } from '../src/app/paths.ts'
import { createApp } from './app.ts'

const CONFIG = {
  apiUrl: 'https://api.example.com',
  auth0: { domain: 'team.eu.auth0.com', clientId: 'client', audience: 'https://api.example.com' },
  pusher: { key: 'key', cluster: 'eu' },
}
const HEADERS = {
  'content-security-policy': expect.stringContaining("default-src 'none'"),
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
  'permissions-policy': expect.stringMatching(/^camera=\(\), microphone=\(\), .*=\(\)$/),
}
const FILES = {
  'secret.txt': 'outside',
  'dist/index.html': '<!doctype html>the page',
  'dist/robots.txt': 'robots',
  'dist/favicon.ico': 'icon',
  'dist/apple-touch-icon.png': 'icon',
  'dist/_headers': 'for a CDN',
  'dist/_redirects': 'for a CDN',
  'dist/404.html': '<!doctype html>the page of a CDN',
  'dist/.env': 'SECRET=1',
  'dist/.git/HEAD': 'ref',
  'dist/assets/app-1a2b.js': 'code',
  'dist/assets/app-1a2b.js.gz': 'code, gzipped',
  'dist/assets/app-1a2b.js.br': 'code, by Brotli',
  'dist/assets/app-1a2b.js.map': 'sources',
  'dist/assets/.hidden.js': 'hidden',
}

let folder: string
let app: FastifyInstance
let port: number

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'conclave-web-'))
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  app = await createApp({ dist: join(folder, 'dist'), config: CONFIG })
  await app.listen({ host: '127.0.0.1', port: 0 })
  port = (app.server.address() as AddressInfo).port
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

/** Over a raw socket, because every client library normalizes a path before it sends it. */
async function ask(path: string, method = 'GET') {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${method} ${path} HTTP/1.1\r\nHost: chat.example.com\r\nConnection: close\r\n\r\n`)
  const answer = await text(socket)
  const [head = '', ...body] = answer.split('\r\n\r\n')
  return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), body: body.join('') }
}

test('an idle connection outlives the minute after which a load balancer closes its own', async () => {
  const { headers } = await fetch(`http://127.0.0.1:${port}/`)
  expect(headers.get('keep-alive')).toBe('timeout=75')
})

describe('what is there', () => {
  test.each([
    ...Object.values(paths).map((path) => (typeof path === 'string' ? path : path('x', 1))),
    '/rooms/01900000-0000-7000-8000-000000000001',
    '/rooms/x?search=a.b',
  ])('%s is the page, never cached without a check', async (path) => {
    const { status, head, body } = await ask(path)
    expect([status, body]).toEqual([200, FILES['dist/index.html']])
    expect(head).toContain('cache-control: no-cache')
  })

  test('a file of the build is cached without limit, because its name changes with its content', async () => {
    const { status, head, body } = await ask('/assets/app-1a2b.js')
    expect([status, body]).toEqual([200, 'code'])
    expect(head).toContain('cache-control: public, max-age=31536000, immutable')
  })

  test.each(['favicon.ico', 'apple-touch-icon.png'])(
    '/%s, which is asked for without a link, is kept for a day',
    async (name) => {
      const { headers, statusCode } = await app.inject({ url: `/${name}` })
      expect([statusCode, headers['cache-control']]).toEqual([200, 'public, max-age=86400'])
      expect(headers['content-type']).toMatch(/^image\//)
      const { headers: ofText } = await app.inject({ url: '/robots.txt' })
      expect(ofText['cache-control']).toBe('no-cache')
    },
  )

  test.each([
    ['gzip, deflate, br', 'br', 'code, by Brotli'],
    ['gzip', 'gzip', 'code, gzipped'],
    ['identity', undefined, 'code'],
  ])('who takes %s gets a file of the build so', async (taken, encoding, content) => {
    const { headers, body } = await app.inject({
      url: '/assets/app-1a2b.js',
      headers: { 'accept-encoding': taken },
    })
    expect([headers['content-encoding'], body]).toEqual([encoding, content])
    expect(headers).toMatchObject({
      ...HEADERS,
      'content-type': expect.stringContaining('javascript'),
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    })
  })

  test('a file that the build did not compress is sent as it is', async () => {
    const { headers, body } = await app.inject({ url: '/', headers: { 'accept-encoding': 'br' } })
    expect([headers['content-encoding'], body]).toEqual([undefined, FILES['dist/index.html']])
  })

  test.each([
    ['GET', '/', 200],
    ['GET', '/config.json', 200],
    ['GET', '/assets/app-1a2b.js', 200],
    ['GET', '/assets/nope.js', 404],
    ['POST', '/', 405],
  ] as const)('%s %s answers %i with every header', async (method, url, status) => {
    const answer = await app.inject({ method, url })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers).toMatchObject(HEADERS)
    expect(answer.headers).not.toHaveProperty('server')
    expect(answer.headers).not.toHaveProperty('x-powered-by')
  })
})

test.each([
  ['a path that cannot be read', 'GET /%zz HTTP/1.1\r\nHost: x\r\n', 404],
  ['half a letter in a path', 'GET /rooms/%ff HTTP/1.1\r\nHost: x\r\n', 404],
  ['a head without end', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n`, 431],
  ['a method that there is not', 'GETTY / HTTP/1.1\r\nHost: x\r\n', 400],
  ['something that is no HTTP', '\u0016\u0003\u0001\r\n', 400],
  ['no host', 'GET / HTTP/1.1\r\n', 400],
  ['an expectation', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: the-best\r\n', 200],
  [
    'another protocol',
    'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n',
    200,
  ],
])('%s is answered with every header', async (_, head, status) => {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${head}Connection: close\r\n\r\n`)
  const lines = (await text(socket)).split('\r\n\r\n', 1)[0]?.split('\r\n') ?? []
  expect(Number(lines[0]?.split(' ')[1])).toBe(status)
  const headers = lines.slice(1).map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
  })
  expect(Object.fromEntries(headers)).toMatchObject(HEADERS)
})

describe('what does not exist is a 404, and not the page', () => {
  test.each([
    '/..%2fsecret.txt',
    '/..%2f..%2fetc/passwd',
    '/../secret.txt',
    '/../../../etc/passwd',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/%252e%252e%252fsecret.txt',
    '/assets/%00',
    '/secret.txt%00.html',
    '/.env',
    '/%2eenv',
    '/.git/HEAD',
    '/.git',
    '/assets/.hidden.js',
    '/_headers',
    '/_redirects',
    '/404.html',
    '/%5fheaders',
    '/assets/app-1a2b.js.map',
    '/assets/app-1a2b.js%2emap',
    '/assets/nope.js',
    '/assets/',
    '/ASSETS/app-1a2b.js',
    '/assets/APP-1A2B.js',
    '/Index.HTML',
    '/robots.txt/',
    '/package.json',
    '/server/app.ts',
  ])('%s', async (path) => {
    const { status, body } = await ask(path)
    expect([status, body]).toEqual([404, 'Not found'])
  })

  test('the answer for a missing file of the build is not cached', async () => {
    const { status, head } = await ask('/assets/nope.js')
    expect(status).toBe(404)
    expect(head).toContain('cache-control: no-store')
    expect(head).toContain('content-type: text/plain')
  })

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])(
    '%s has nothing to do here',
    async (method) => {
      const { status, body } = await ask('/', method)
      expect([404, 405]).toContain(status)
      expect(body).not.toContain('the page')
    },
  )
})

test.concurrent.each([
  ['says nothing', ''],
  ['never ends its head', 'GET / HTTP/1.1\r\nHost: x\r\n'],
])('who %s is let go within 15 s', async (_, bytes) => {
  const socket = connect(port, '127.0.0.1')
  const startedAt = performance.now()
  socket.write(bytes)
  await text(socket)
  expect(performance.now() - startedAt).toBeLessThan(15_000)
})

test('the number of connections and their idle time are limited', () => {
  expect(app.server.maxConnections).toBe(10_000)
  expect(app.server.keepAliveTimeout).toBe(75_000)
})
