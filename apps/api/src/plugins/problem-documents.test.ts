import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startHarness, type Harness } from '../../test/harness.ts'
import { send } from '../../test/raw-request.ts'

let harness: Harness
let token: string

beforeAll(async () => {
  harness = await startHarness({
    routes: (app) => {
      app.get('/broken', { config: { access: 'public' } }, async () => {
        throw new Error('select * from people; eyJhbGciOi.secret.token at /srv/app')
      })
    },
  })
  token = (await harness.as('alice@example.com')).token
})
afterAll(() => harness.close())

function patchMe(body: string | Buffer, contentType: string | undefined = 'application/json') {
  const headers: [string, string][] = [['Authorization', `Bearer ${token}`]]
  if (contentType !== '') headers.push(['Content-Type', contentType])
  return send(`${harness.url}/v1/me`, { method: 'PATCH', headers, body })
}

const fields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, nth) => [`f${nth}`, 1]))
const nested = (depth: number) => `{"status":${'['.repeat(depth)}${']'.repeat(depth)}}`

const REFUSED: [string, string | Buffer, number, string][] = [
  ['nothing', '', 400, 'invalid-request'],
  ['half of it', '{"status":"bus', 400, 'invalid-request'],
  ['text', '"busy"', 400, 'invalid-request'],
  ['null', 'null', 400, 'invalid-request'],
  ['a list', '[{"status":"busy"}]', 400, 'invalid-request'],
  ['a list in place of text', '{"status":["busy"]}', 400, 'invalid-request'],
  ['true in place of text', '{"status":true}', 400, 'invalid-request'],
  ['a value that is none of them', '{"status":"gone"}', 400, 'invalid-request'],
  ['a field too many', '{"status":"busy","role":"owner"}', 400, 'invalid-request'],
  ['a prototype', '{"status":"busy","__proto__":{"role":"owner"}}', 400, 'invalid-request'],
  ['an escaped one', '{"status":"busy","\\u005f_proto__":{"x":1}}', 400, 'invalid-request'],
  ['a constructor', '{"status":"busy","constructor":{"prototype":{}}}', 400, 'invalid-request'],
  ['a name twice', '{"status":"available","status":"busy"}', 400, 'invalid-request'],
  ['a name twice, once escaped', '{"status":"busy","st\\u0061tus":"busy"}', 400, 'invalid-request'],
  ['a name twice, deep inside', '{"status":[{"x":1,"x":2}]}', 400, 'invalid-request'],
  ['deep nesting', nested(15_000), 400, 'invalid-request'],
  ['bytes that are not UTF-8', Buffer.from('{"status":"\xff"}', 'latin1'), 400, 'invalid-request'],
  ['a byte order mark', '\ufeff{"status":"busy"}', 400, 'invalid-request'],
  ['an overlong letter', Buffer.from('{"status":"\xc1\xa2usy"}', 'latin1'), 400, 'invalid-request'],
  ['half a letter', Buffer.from('{"status":"\xe2\x82"}', 'latin1'), 400, 'invalid-request'],
  ['thousands of fields', JSON.stringify(fields(2_500)), 400, 'invalid-request'],
  ['97 kB', JSON.stringify({ status: 'x'.repeat(97 * 1024) }), 413, 'too-large'],
  ['a megabyte', 'x'.repeat(1024 * 1024), 413, 'too-large'],
]

describe('an invalid body is refused, and changes nothing', () => {
  test.each(REFUSED)('%s', async (_, body, status, slug) => {
    const answer = await patchMe(body)
    expect(answer.status).toBe(status)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(JSON.parse(answer.body)).toMatchObject({
      type: `/problems/${slug}`,
      status,
      instance: answer.headers['x-request-id'],
    })
    const me = await send(`${harness.url}/v1/me`, {
      headers: [['Authorization', `Bearer ${token}`]],
    })
    expect(JSON.parse(me.body)).toMatchObject({ status: 'available' })
  })

  test('and the same body, valid, is accepted', async () => {
    expect((await patchMe('{"status":"busy"}')).status).toBe(200)
    expect((await patchMe('{"status":"available"}')).status).toBe(200)
  })
})

test.each([
  '',
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-7',
  'application/json garbage',
  'application/json, text/plain',
  'application/jsonp',
  'application/vnd.api+json',
  'application/json; charset=utf-8 x',
  'application/json; charset=utf-8;',
  'application/json;',
  'application/json; charset=utf-8; charset=utf-8',
  'application/json; charset=utf-8; charset=utf-16',
  'application/json; charset=latin1',
  'application/json; charset=',
  'application/json; charset="utf-8',
  'application/json; charset=utf-8"',
  'application/json; charset = utf-8',
  'application/json; boundary=x',
  'application/json; version=1; charset=utf-8',
  'application/json; garbage',
  'application/json/x',
])('the content type %j is not taken', async (contentType) => {
  const answer = await patchMe('{"status":"busy"}', contentType)
  expect(answer.status).toBe(415)
  expect(JSON.parse(answer.body)).toMatchObject({ type: '/problems/unsupported-media-type' })
})

test.each([
  'application/json',
  'Application/JSON',
  'application/json;charset=utf-8',
  'application/json; charset="UTF-8"',
])('the content type %j is taken', async (contentType) => {
  expect((await patchMe('{"status":"available"}', contentType)).status).toBe(200)
})

test('a refusal points at the field, and does not repeat what was sent', async () => {
  const unknown = JSON.parse((await patchMe('{"status":"busy","is/admin":"hunter2"}')).body)
  expect(unknown.errors).toEqual([
    { pointer: '/body/is~1admin', detail: 'must NOT have additional properties' },
  ])
  const missing = JSON.parse((await patchMe('{}')).body)
  expect(missing.errors).toEqual([expect.objectContaining({ pointer: '/body/status' })])
  const wrong = JSON.parse((await patchMe('{"status":"hunter2"}')).body)
  expect(wrong.errors[0].pointer).toBe('/body/status')
  expect(JSON.stringify([unknown, wrong])).not.toContain('hunter2')
})

test('an internal error shows nothing but its request id', async () => {
  const answer = await send(`${harness.url}/broken`)
  expect(answer.status).toBe(500)
  expect(JSON.parse(answer.body)).toEqual({
    type: '/problems/internal',
    title: 'Something went wrong on our side',
    status: 500,
    instance: answer.headers['x-request-id'],
  })
  const line = harness.log.lines().find(({ msg }) => msg === 'failed')
  expect(line).toMatchObject({ level: 'error', reqId: answer.headers['x-request-id'] })
  expect(JSON.stringify(line)).not.toContain('eyJ')
})

test('without its database the api answers 503 with Retry-After', async () => {
  await using own = await startHarness()
  const { token } = await own.as('bob@example.com')
  const headers = [['Authorization', `Bearer ${token}`]] as const
  expect((await send(`${own.url}/v1/me`, { headers })).status).toBe(200)
  expect((await send(`${own.url}/readyz`)).status).toBe(200)

  await own.sql.end()

  const answer = await send(`${own.url}/v1/me`, { headers })
  expect(answer.status).toBe(503)
  expect(answer.headers['retry-after']).toBe('2')
  expect(JSON.parse(answer.body)).toMatchObject({ type: '/problems/unavailable' })
  const ready = await send(`${own.url}/readyz`)
  expect(ready.status).toBe(503)
  expect(JSON.parse(ready.body)).toMatchObject({ database: { up: false } })
  expect((await send(`${own.url}/livez`)).status).toBe(200)
})
