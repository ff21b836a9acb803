import { expect } from 'vitest'
import { v7 } from 'uuid'
import { GENERAL } from '../data-rooms.ts'
import { withoutInstance } from '../data-people.ts'
import type { Answer } from '../raw-request.ts'
import { exchange, lines } from '../raw-socket.ts'
import { stateOf } from '../untouched.ts'
import { honest } from './forge.ts'
import type { Stage } from './stage.ts'

/** What every refused token is answered, without what names the request. */
export const REFUSAL =
  '{"type":"/problems/not-signed-in","title":"A valid access token is needed","status":401,}'

/** Tries to request something in everybody's room with these header lines, byte by byte as they are. */
export function request(
  { harness }: Stage,
  headerLines: readonly string[],
  { path = `/v1/rooms/${GENERAL}/messages`, body: more = {} } = {},
): Promise<Answer> {
  const body = JSON.stringify({ id: v7(), text: 'In the name of Grace', ...more })
  const request = lines(
    `POST ${path} HTTP/1.1`,
    `Host: ${new URL(harness.url).host}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headerLines,
  )
  return exchange(harness.url, request + body)
}

/** The universal oracle: the same words as ever, no trace of it anywhere, and nobody else was harmed. */
export async function expectRefused(stage: Stage, reason: string, attempt: () => Promise<Answer>) {
  const before = await everythingOf(stage)

  const answer = await attempt()

  expect(reasonOf(stage, answer)).toBe(reason)
  expect(answer.status).toBe(401)
  expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(withoutInstance(answer.body)).toBe(REFUSAL)
  expect(JSON.parse(answer.body)).toMatchObject({ instance: answer.headers['x-request-id'] })
  await expectNoTrace(stage, before)
}

/** Not even HTTP, so that nobody looks at the token. */
export async function expectNotHttp(stage: Stage, status: number, attempt: () => Promise<Answer>) {
  const before = await everythingOf(stage)
  const answer = await attempt()
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toBe('application/problem+json')
  const slug = status === 431 ? 'head-too-large' : 'invalid-request'
  expect(JSON.parse(answer.body)).toMatchObject({ type: `/problems/${slug}`, status })
  await expectNoTrace(stage, before)
}

/** The twin: the same request is believed, and everything that a refusal must not touch does move. */
export async function expectBelieved(stage: Stage, attempt: () => Promise<Answer>) {
  const before = await everythingOf(stage)
  const answer = await attempt()
  expect(answer.status).toBe(201)
  expect(JSON.parse(answer.body)).toMatchObject({ authorId: stage.graceId })
  const after = await everythingOf(stage)
  expect(after['messages']).not.toBe(before['messages'])
  expect(after['published']).toBe(Number(before['published']) + 1)
  expect(after['attacked']).toEqual([])
}

async function expectNoTrace(stage: Stage, before: object): Promise<void> {
  expect(await everythingOf(stage)).toEqual(before)
  const { url } = stage.harness
  const headers = { authorization: `Bearer ${honest(stage)}` }
  expect((await fetch(`${url}/v1/me`, { headers })).status).toBe(200)
}

async function everythingOf(stage: Stage): Promise<Record<string, unknown>> {
  return {
    ...(await stateOf(stage.harness)),
    // How often it may ask for keys is a test of its own.
    asked: stage.issuer.requests.filter((path) => path !== '/.well-known/jwks.json'),
    attacked: [...stage.attacker.requests],
  }
}

function reasonOf({ harness }: Stage, answer: Answer): unknown {
  const id = answer.headers['x-request-id']
  return harness.log.lines().find(({ reqId, msg }) => reqId === id && msg === 'token refused')?.[
    'reason'
  ]
}
