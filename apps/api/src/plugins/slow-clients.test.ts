import { once } from 'node:events'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHarness, type Harness } from '../../test/harness.ts'
import { converse, hear, open } from '../../test/raw-socket.ts'

const PATIENCE_MS = 15_000
const DRIP_MS = 250
/** Less than usual, which is tested below, but more than a phone pauses. */
const SHORTENED = { headersTimeout: 3_000, requestTimeout: 4_000 }

let harness: Harness
let token: string

beforeAll(async () => {
  // A load balancer's minute is too long for a test; that it is the default is tested below.
  harness = await startHarness({ env: { API_KEEP_ALIVE_SECONDS: '3' } })
  Object.assign(harness.app.server, SHORTENED)
  token = (await harness.as('alice@example.com')).token
})
afterAll(async () => harness.close())

/** Never ends, and is never quiet for long. */
function drip(socket: Socket, bytes: string): void {
  const timer = setInterval(() => socket.write(bytes), DRIP_MS)
  socket.once('close', () => clearInterval(timer))
}

const head = (...lines: string[]) =>
  `${['PATCH /v1/me HTTP/1.1', 'Host: x', 'Content-Type: application/json', ...lines].join('\r\n')}\r\n`
const authorized = () => `Authorization: Bearer ${token}`

const SLOW: [who: string, act: (socket: Socket) => void, statuses: number[]][] = [
  ['says nothing', () => {}, [408]],
  ['stops within the first line', (socket) => socket.write('GET /li'), [408]],
  [
    'sends one header line after the other, for ever',
    (socket) => {
      socket.write(head())
      drip(socket, 'X-More: x\r\n')
    },
    [408],
  ],
  [
    'sends its body letter by letter',
    (socket) => {
      socket.write(`${head(authorized(), 'Content-Length: 30000')}\r\n`)
      drip(socket, ' ')
    },
    [408],
  ],
  [
    'sends its body in chunks, for ever',
    (socket) => {
      socket.write(`${head(authorized(), 'Transfer-Encoding: chunked')}\r\n`)
      drip(socket, '1\r\n \r\n')
    },
    [408],
  ],
  [
    'announces a body that never comes',
    (socket) => socket.write(`${head(authorized(), 'Content-Length: 10')}\r\n`),
    [408],
  ],
  [
    'was answered, and keeps the line',
    (socket) => socket.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n'),
    [200],
  ],
  [
    'was answered, and stops within the next line',
    (socket) => socket.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /li'),
    [200, 408],
  ],
  [
    'was refused, and goes on sending',
    (socket) => {
      socket.write(`${head('Content-Length: 30000')}\r\n`)
      drip(socket, ' ')
    },
    [401, 408],
  ],
]

// All at once, because each waits as long as it may.
test.concurrent.each(SLOW)(
  'a client that %s is disconnected within 15 s',
  async (_, act, statuses) => {
    const socket = open(harness.url)
    await once(socket, 'connect')
    const startedAt = performance.now()
    act(socket)
    const answer = await hear(socket)
    expect(performance.now() - startedAt).toBeLessThan(PATIENCE_MS)
    expect(statuses).toEqual(expect.arrayContaining(answer.statuses))
    if (statuses.length === 1) expect(answer.statuses).toEqual(statuses)
    if (answer.statuses.includes(408))
      expect(answer.text).toMatch(/"type":"\/problems\/too-slow".*"status":408/)
  },
)

test.concurrent('a client that pauses in the middle, as a phone does, is answered', async () => {
  const socket = open(harness.url)
  const body = '{"status":"busy"}'
  socket.write(head(authorized(), `Content-Length: ${body.length}`, 'Connection: close'))
  // The pause is what is tested.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  socket.write(`\r\n${body}`)
  expect((await hear(socket)).statuses).toEqual([200])
})

test('a body without an end is refused when it is too large', async () => {
  const chunk = `4000\r\n${' '.repeat(0x4000)}\r\n`
  const request = `${head(authorized(), 'Transfer-Encoding: chunked')}\r\n${chunk.repeat(7)}`
  const { statuses, text } = await converse(harness.url, request)
  expect(statuses).toEqual([413])
  expect(text).toContain('"/problems/too-large"')
})

test('usually a slow client has ten seconds, and an idle connection outlives the minute after which a load balancer closes its own', async () => {
  await using usual = await harness.another({ API_KEEP_ALIVE_SECONDS: '' })
  const [here, there] = await Promise.all(
    [harness, usual].map(async ({ url }) =>
      (await fetch(`${url}/livez`)).headers.get('keep-alive'),
    ),
  )
  expect([here, there]).toEqual(['timeout=3', 'timeout=75'])
  expect(usual.app.server).toMatchObject({ headersTimeout: 5_000, requestTimeout: 10_000 })
})

test('the number of connections is limited', () => {
  expect(harness.app.server.maxConnections).toBe(10_000)
})
