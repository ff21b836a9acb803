import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { createClient, ProblemError, type Call } from './client.ts'
import { GENERAL } from './examples.ts'
import { messageAt, page } from './messages.examples.ts'
import { listMessages, postMessage, type Message } from './messages.ts'
import { team } from './people.examples.ts'
import { getPerson, listPeople } from './people.ts'

interface Heard {
  method: string | undefined
  url: string | undefined
  headers: IncomingMessage['headers']
  body: string
}

let server: Server
let baseUrl: string
let heard: Heard[] = []
let answer: { status: number; headers?: Record<string, string>; body: string }
let call: Call

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method, url, headers } = request
    heard.push({ method, url, headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

beforeEach(() => {
  heard = []
  let tokens = 0
  call = createClient({ baseUrl, fetch, token: async () => `token-${++tokens}` })
})

async function problemOf(calling: Promise<unknown>): Promise<ProblemError> {
  const error: unknown = await calling.catch((reason: unknown) => reason)
  if (!(error instanceof ProblemError)) throw new Error(`not a problem: ${String(error)}`)
  return error
}

describe('a call', () => {
  it('sends what the endpoint declares and answers its result', async () => {
    const stored = messageAt(3, 6)
    answer = { status: 201, body: JSON.stringify(stored) }
    const body = { id: stored.id, text: stored.text }
    const message = await call(postMessage, { params: { roomId: GENERAL }, body })
    expectTypeOf(message).toEqualTypeOf<Message>()
    expect(message).toEqual(stored)
    expect(heard).toMatchObject([
      {
        method: 'POST',
        url: `/v1/rooms/${GENERAL}/messages`,
        headers: { 'content-type': 'application/json', authorization: 'Bearer token-1' },
        body: JSON.stringify(body),
      },
    ])
  })

  it('puts a query into the address, and leaves out what is not asked', async () => {
    answer = { status: 200, body: JSON.stringify(page) }
    const params = { roomId: GENERAL }
    await call(listMessages, { params, query: { before: '12', limit: '50' } })
    await call(listMessages, { params, query: {} })
    expect(heard.map(({ url }) => url)).toEqual([
      `/v1/rooms/${GENERAL}/messages?before=12&limit=50`,
      `/v1/rooms/${GENERAL}/messages`,
    ])
  })

  it('without a body says nothing of a content type', async () => {
    answer = { status: 200, body: JSON.stringify(team) }
    await call(listPeople, {})
    expect(heard[0]?.headers).not.toHaveProperty('content-type')
    expect(heard[0]?.body).toBe('')
  })

  it('cannot leave its path by a parameter', async () => {
    answer = { status: 200, body: '{}' }
    await call(getPerson, { params: { personId: '../rooms?x=1#y' } })
    expect(heard[0]?.url).toBe('/v1/people/..%2Frooms%3Fx%3D1%23y')
  })

  it('asks for a fresh token each time', async () => {
    answer = { status: 200, body: JSON.stringify(team) }
    await call(listPeople, {})
    await call(listPeople, {})
    expect(heard.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ])
  })
})

describe('an answer that is not the result', () => {
  const problem = {
    type: '/problems/slow-down',
    title: 'Too many requests',
    status: 429,
    instance: 'req-7',
  }

  it('is a ProblemError with its slug, its document and how long to wait', async () => {
    answer = { status: 429, headers: { 'retry-after': '7' }, body: JSON.stringify(problem) }
    const error = await problemOf(call(listPeople, {}))
    expect(error).toMatchObject({ slug: 'slow-down', problem, retryAfterSeconds: 7 })
    expect(error.message).toBe('Too many requests')
  })

  it('is kept with its own words when a newer api has a problem that is not known here', async () => {
    const newer = {
      type: '/problems/too-many-pins',
      title: 'Enough pins',
      status: 409,
      instance: 'r',
    }
    answer = { status: 409, body: JSON.stringify(newer) }
    expect(await problemOf(call(listPeople, {}))).toMatchObject({
      slug: 'too-many-pins',
      problem: newer,
    })
    answer = { status: 502, body: JSON.stringify(newer) }
    expect(await problemOf(call(listPeople, {}))).toMatchObject({ slug: 'unavailable' })
  })

  it('says nothing of waiting when the server did not', async () => {
    answer = { status: 429, body: JSON.stringify(problem) }
    expect((await problemOf(call(listPeople, {}))).retryAfterSeconds).toBeUndefined()
  })

  it.each([
    ['a page of a proxy', '<h1>502 Bad Gateway</h1>'],
    ['nothing', ''],
    ['null', 'null'],
    ['a problem of somebody else', JSON.stringify({ type: 'https://example.com/oops' })],
    ['JSON that is no document', '"oops"'],
  ])('is unavailable when %s answers in our place', async (_, body) => {
    answer = { status: 502, body }
    const { slug, problem } = await problemOf(call(listPeople, {}))
    expect(slug).toBe('unavailable')
    expect(problem.title).toContain('502')
  })

  it('is what fetch says when there is no answer at all', async () => {
    const unreachable = createClient({
      baseUrl: 'http://127.0.0.1:1',
      fetch,
      token: async () => 'token',
    })
    const error: unknown = await unreachable(listPeople, {}).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TypeError)
  })
})
