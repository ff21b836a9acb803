import { postMessage } from '@conclave/shared/messages'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDatabaseProxy } from '../../../test/database-proxy.ts'
import { arrive } from '../../../test/data-people.ts'
import { GENERAL } from '../../../test/data-rooms.ts'
import { startHarness, type Harness } from '../../../test/harness.ts'
import { send } from '../../../test/raw-request.ts'
import { exchange } from '../../../test/raw-socket.ts'

const RELAY_WAITING = 'conclave_log_waiting{consumer="relay"}'
const TOKEN = 'a-token-of-the-people-who-watch'

let harness: Harness

beforeAll(async () => {
  harness = await startHarness({ env: { METRICS_TOKEN: TOKEN } })
})
afterAll(async () => harness.close())

test('requests, messages and refusals are counted', async () => {
  const [alice] = await arrive(harness, ['alice'])
  const before = await counted()
  const body = { id: v7(), text: 'counted' }
  for (const _ of [1, 2]) await alice!.call(postMessage, { params: { roomId: GENERAL }, body })
  await send(`${harness.url}/v1/me`)
  await send(`${harness.url}/v1/me`, { headers: [['Authorization', 'Bearer x']] })
  await send(`${harness.url}/nowhere/${alice!.id}`)

  const now = await counted()
  const grown = (line: string) => (now.get(line) ?? 0) - (before.get(line) ?? 0)
  const posting = 'method="POST",route="/v1/rooms/:roomId/messages"'
  expect(grown('conclave_messages_posted_total')).toBe(1)
  expect(grown(`conclave_http_requests_total{${posting},status="2xx"}`)).toBe(2)
  expect(grown(`conclave_http_request_seconds_count{${posting}}`)).toBe(2)
  expect(grown('conclave_tokens_refused_total{reason="no-authorization"}')).toBe(1)
  expect(grown('conclave_tokens_refused_total{reason="malformed"}')).toBe(1)
  expect(grown('conclave_http_requests_total{method="GET",route="none",status="4xx"}')).toBe(1)
  expect(now.get('conclave_posts_waiting')).toBe(0)
  expect(now.get('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0)
  await expect.poll(async () => (await counted()).get(RELAY_WAITING)).toBe(0)
})

test('no label is an id, a name or an address', async () => {
  const [bob] = await arrive(harness, ['bob'])
  await bob!.send('GET', `/v1/people/${bob!.id}?private-words`)
  await bob!.send('GET', '/private-words')
  const { body } = await metrics()
  expect(body).toContain('route="/v1/people/:personId"')
  expect(body).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/)
  expect(body).not.toContain('private-words')
  expect(body).not.toContain('example.com')
})

describe('from other machines it is not found', () => {
  const elsewhere = ['X-Forwarded-For', '203.0.113.9'] as const

  test.each([
    ['no token', []],
    ['another token', [['Authorization', `Bearer ${TOKEN.toUpperCase()}`]]],
    ['half the token', [['Authorization', `Bearer ${TOKEN.slice(0, -1)}`]]],
    ['the token without its scheme', [['Authorization', TOKEN]]],
    ['no token, through a proxy of another kind', [['Forwarded', 'for=203.0.113.9']]],
  ] as [string, [string, string][]][])('with %s', async (_, headers) => {
    const refused = await send(`${harness.url}/metrics`, { headers: [elsewhere, ...headers] })
    const absent = await send(`${harness.url}/nowhere`)
    expect(refused.status).toBe(404)
    expect(withoutInstance(refused.body)).toBe(withoutInstance(absent.body))
  })

  test('unless they have the token', async () => {
    const headers = [elsewhere, ['Authorization', `Bearer ${TOKEN}`]] as const
    const answer = await send(`${harness.url}/metrics`, { headers })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toContain('text/plain; version=0.0.4')
  })

  test('and without a configured token none is right', async () => {
    const own = await harness.another({ METRICS_TOKEN: '' })
    for (const token of ['', 'undefined']) {
      const headers = [elsewhere, ['Authorization', `Bearer ${token}`]] as const
      expect((await send(`${own.url}/metrics`, { headers })).status).toBe(404)
    }
    expect((await send(`${own.url}/metrics`)).status).toBe(200)
  })
})

test('where there is a token, this machine needs it, too', async () => {
  expect((await send(`${harness.url}/metrics`)).status).toBe(404)
  expect((await metrics()).status).toBe(200)
})

describe('without a token a local stack shows it to this machine', () => {
  let local: string
  let port: string

  beforeAll(async () => {
    local = (await harness.another({ METRICS_TOKEN: '' })).url
    port = new URL(local).port
  })

  test.each(['localhost', '127.0.0.1', '[::1]'])('asked for as %s', async (name) => {
    expect(await ask(local, `${name}:${port}`)).toBe(200)
  })

  test.each([
    ['another name', 'chat.example.com'],
    ['another name with this port', 'chat.example.com:PORT'],
    ['a name that only begins so', 'localhost.evil.test:PORT'],
    ['another port', 'localhost:1'],
    ['no port', 'localhost'],
    ['no name', ''],
    ['somebody in front of it', 'x@localhost:PORT'],
  ])('and not as %s', async (_, host) => {
    expect(await ask(local, host.replace('PORT', port))).not.toBe(200)
    expect(await ask(local, `localhost:${port}`)).toBe(200)
  })

  test.each([
    'Via: 1.1 proxy',
    'Forwarded: for=203.0.113.9',
    'X-Forwarded-For: 127.0.0.1',
    'X-Forwarded-Host: chat.example.com',
    'X-Forwarded-Proto: https',
    'X-Real-IP: 203.0.113.9',
    'X-Client-IP: 203.0.113.9',
    'CF-Connecting-IP: 203.0.113.9',
    'True-Client-IP: 203.0.113.9',
  ])('and not through a proxy that says %s', async (line) => {
    expect(await ask(local, `localhost:${port}`, line)).toBe(404)
    expect(await ask(local, `localhost:${port}`, 'X-Prometheus-Scrape-Timeout-Seconds: 10')).toBe(
      200,
    )
  })

  test('and not through one of the old kind', async () => {
    const old = `GET /metrics HTTP/1.0\r\nHost: localhost:${port}\r\n\r\n`
    expect((await exchange(local, old)).status).toBe(404)
  })

  test('and any other stack does not show it, because a proxy may be in front', async () => {
    const served = await harness.another({
      METRICS_TOKEN: '',
      WEB_ORIGIN: 'https://chat.example.com',
    })
    expect(await ask(served.url, `localhost:${new URL(served.url).port}`)).toBe(404)
  })
})

test('gauges are NaN while the database cannot answer', async () => {
  await using own = await startHarness()
  await using proxy = await startDatabaseProxy(own.ctx.config.databaseUrl)
  const cutOff = await own.another({ DATABASE_URL: proxy.url })
  await proxy.goAway('closed')
  const ask = async () => (await send(`${cutOff.url}/metrics`)).body
  await expect.poll(ask).toContain(`\n${RELAY_WAITING} Nan`)
  await proxy.comeBack()
  await expect.poll(ask).toContain(`\n${RELAY_WAITING} 0`)
})

async function ask(url: string, host: string, ...lines: string[]): Promise<number> {
  const start = `GET /metrics HTTP/1.1\r\nHost: ${host}\r\n`
  const rest = [...lines, 'Connection: close'].join('\r\n')
  return (await exchange(url, `${start}${rest}\r\n\r\n`)).status
}

function metrics() {
  return send(`${harness.url}/metrics`, { headers: [['Authorization', `Bearer ${TOKEN}`]] })
}

async function counted(): Promise<Map<string, number>> {
  const { body } = await metrics()
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ')
      return [line.slice(0, end), Number(line.slice(end + 1))]
    }),
  )
}

function withoutInstance(body: string): string {
  return body.replace(/"instance":"[^"]*"/, '')
}
