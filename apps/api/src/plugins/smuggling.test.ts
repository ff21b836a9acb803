import { getMe, updateMe } from '@conclave/shared/people'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHarness, type Harness } from '../../test/harness.ts'
import type { Caller } from '../../test/instance.ts'

import { converse, type Heard } from '../../test/raw-socket.ts'

let harness: Harness
let alice: Caller

beforeAll(async () => {
  harness = await startHarness()
  alice = await harness.as('alice@example.com')
  expect(await alice.call(getMe, {})).toMatchObject({ status: 'available' })
})
afterAll(async () => harness.close())

const BODY = '{"status":"busy"}'
const LENGTH = `Content-Length: ${BODY.length}`
const CHUNKED = `${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`
/** What follows on the same connection is heard as it is, unless the server gave the connection up. */
const NEXT = 'GET /livez HTTP/1.1\r\nHost: api.example.com\r\nConnection: close\r\n\r\n'

function ask(...requests: string[]): Promise<Heard> {
  return converse(harness.url, [...requests, NEXT].join(''))
}

/** Alice's change of status, with these lines about its body. */
function patchMe(lines: string[], body: string, start = 'PATCH /v1/me HTTP/1.1'): string {
  const head = [
    start,
    'Host: api.example.com',
    `Authorization: Bearer ${alice.token}`,
    'Content-Type: application/json',
    ...lines,
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

async function expectUnchanged(): Promise<void> {
  expect(await alice.call(getMe, {})).toMatchObject({ status: 'available' })
}

const AMBIGUOUS: [what: string, lines: string[], body: string][] = [
  ['a length and chunks', [LENGTH, 'Transfer-Encoding: chunked'], CHUNKED],
  ['chunks and a length', ['Transfer-Encoding: chunked', LENGTH], BODY],
  ['two lengths', [LENGTH, 'Content-Length: 1'], BODY],
  ['the same length twice', [LENGTH, LENGTH], BODY],
  ['two lengths in one line', [`Content-Length: ${BODY.length}, ${BODY.length}`], BODY],
  ['a length with a sign', [`Content-Length: +${BODY.length}`], BODY],
  ['a negative length', ['Content-Length: -1'], BODY],
  ['a length in hexadecimal', ['Content-Length: 0x11'], BODY],
  ['a length beyond all numbers', ['Content-Length: 99999999999999999999'], BODY],
  ['chunks with a space before the colon', ['Transfer-Encoding : chunked'], CHUNKED],
  ['chunks with a space before the name', [' Transfer-Encoding: chunked'], CHUNKED],
  ['xchunked', ['Transfer-Encoding: xchunked'], CHUNKED],
  ['chunks that are not last', ['Transfer-Encoding: chunked, identity'], CHUNKED],
  ['chunks twice', ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], CHUNKED],
  ['chunks of a length that is none', ['Transfer-Encoding: chunked'], `zz\r\n${BODY}\r\n0\r\n\r\n`],
  ['chunks with bare line feeds', ['Transfer-Encoding: chunked'], `11\n${BODY}\n0\n\n`],
  ['a folded line', ['X-Long: a', ' b', LENGTH], BODY],
  ['a line without a name', [': x', LENGTH], BODY],
  ['a line that ends in a bare line feed', [`X-A: b\n${LENGTH}`], BODY],
  ['NUL in a line', ['X-A: a\0b', LENGTH], BODY],
]

test.each(AMBIGUOUS)('with %s it is one bad request and no other', async (_, lines, body) => {
  const { statuses, text } = await ask(patchMe(lines, body))
  expect(statuses).toEqual([400])
  expect(text).toContain('"type":"/problems/invalid-request"')
  await expectUnchanged()
})

test.each(['Host: evil.test', 'host: api.example.com', 'HOST:'])(
  'a server that is named twice, the second time as %j, is not named',
  async (line) => {
    expect((await ask(patchMe([line, LENGTH], BODY))).statuses).toEqual([400, 200])
    await expectUnchanged()
  },
)

test('nor is one without a length', async () => {
  expect((await ask('GET /livez HTTP/1.1\r\n\r\n')).statuses).toEqual([400, 200])
})

test.each([
  ['another protocol', 'PATCH /v1/me HTTX/1.1'],
  ['a version there is not', 'PATCH /v1/me HTTP/9.9'],
  ['no version', 'PATCH /v1/me'],
  ['a method there is not', 'PATCHY /v1/me HTTP/1.1'],
  ['a method in lower case', 'patch /v1/me HTTP/1.1'],
])('a request of %s is none', async (_, start) => {
  expect((await ask(patchMe([LENGTH], BODY, start))).statuses[0]).toBe(400)
  await expectUnchanged()
})

test('a head of 20 kB is too large', async () => {
  const { statuses } = await ask(patchMe([`X-Long: ${'x'.repeat(20_000)}`, LENGTH], BODY))
  expect(statuses).toEqual([431])
  await expectUnchanged()
})

test.each([
  ['a length', [LENGTH], BODY],
  ['chunks', ['Transfer-Encoding: chunked'], CHUNKED],
])('with %s alone the same request is taken', async (_, lines, body) => {
  const { statuses, text } = await ask(patchMe(lines, body))
  expect(statuses).toEqual([200, 200])
  expect(text).toContain('"status":"busy"')
  await alice.call(updateMe, { body: { status: 'available' } })
})

test('of several requests on one connection, each shows who sends it', async () => {
  const unknown = 'GET /v1/me HTTP/1.1\r\nHost: api.example.com\r\n\r\n'
  const known = unknown.replace('\r\n\r\n', `\r\nAuthorization: Bearer ${alice.token}\r\n\r\n`)
  expect((await ask(known, unknown, known)).statuses).toEqual([200, 401, 200, 200])
})

test('after a refusal the rest of a body is not read as a request', async () => {
  const hidden = 'GET /livez HTTP/1.1\r\nHost: api.example.com\r\n\r\n'
  const lines = ['Host: api.example.com', `Content-Length: ${hidden.length}`]
  const { statuses } = await ask(`PATCH /v1/me HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`, hidden)
  expect(statuses).toEqual([401, 200])
})
