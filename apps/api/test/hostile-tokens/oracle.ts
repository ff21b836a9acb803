import { expect } from 'vitest'
import { v7 } from 'uuid'
import { GENERAL } from '../data-rooms.ts'
import { withoutInstance } from '../data-people.ts'
import type { Answer } from '../raw-request.ts'
import { exchange, lines } from '../raw-socket.ts'
import { stateOf } from '../untouched.ts'
import { honest } from './forge.ts'
import type { Stage } from './stage.ts'

/** The response to every refused token, without the request's id. */
export const REFUSAL =
  '{"type":"/problems/not-signed-in","title":"A valid access token is needed","status":401,}'

/** Posts a message to General with exactly these header lines. */
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

/** Expects the one response, no trace anywhere, and no effect on anybody else. */
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

/** Expects that the bytes are refused as HTTP, so that the token is never checked. */
export async function expectNotHttp(stage: Stage, status: number, attempt: () => Promise<Answer>) {
  const before = await everythingOf(stage)
  const answer = await attempt()
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toBe('application/problem+json')
  const slug = status === 431 ? 'head-too-large' : 'invalid-request'
  expect(JSON.parse(answer.body)).toMatchObject({ type: `/problems/${slug}`, status })
  await expectNoTrace(stage, before)
}

/** The twin: expects that the same request is accepted, and that everything changes that a refusal must not change. */
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
    // The number of requests for keys has a test of its own.
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
