import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { authorizeChannels } from '@conclave/shared/channel-auth'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyRoom } from '../../test/data-lists.ts'
import { arrive, type Colleague } from '../../test/data-people.ts'
import { roomOf } from '../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../test/harness.ts'

let harness: Harness
let alice: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one] = await arrive(harness, ['alice'])
  alice = one!
  for (let nth = 0; nth < 10; nth += 1) await roomOf(alice, 'closed')
})
afterAll(async () => harness.close())

test.each(['gzip', 'gzip, deflate, br, zstd', 'br;q=1.0, GZIP;q=0.8', '*', 'br, *;q=0.1'])(
  'a long answer is compressed for clients that accept %s, and is the same',
  async (encoding) => {
    const plain = await ask('/v1/rooms', {})
    const { headers, body } = await ask('/v1/rooms', { 'accept-encoding': encoding })
    expect(headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(body.length),
      'content-type': 'application/json; charset=utf-8',
      vary: expect.stringMatching(/Origin, accept-encoding$/),
    })
    expect(body.length).toBeLessThan(plain.body.length / 3)
    expect(JSON.parse(gunzipSync(body).toString())).toEqual(JSON.parse(plain.body.toString()))
  },
)

test.each([undefined, '', 'br', 'identity', 'gzip;q=0', 'gzip;q=0.000, *', '*;q=0', 'gzipped'])(
  'it is not for clients that accept %s',
  async (encoding) => {
    const accepted = encoding === undefined ? {} : { 'accept-encoding': encoding }
    const { headers, body } = await ask('/v1/rooms', accepted)
    expect(headers['content-encoding']).toBeUndefined()
    expect(headers['vary']).toMatch(/accept-encoding$/)
    expect(headers['content-length']).toBe(String(body.length))
    expect(JSON.parse(body.toString())).toMatchObject({ rooms: expect.any(Array) })
  },
)

test('a short answer is not compressed', async () => {
  const { headers } = await ask('/v1/me', { 'accept-encoding': 'gzip' })
  expect(headers['content-encoding']).toBeUndefined()
})

test('the length of a compressed answer does not tell what is in it', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, async () => ask('/v1/rooms', { 'accept-encoding': 'gzip' })),
  )
  expect(new Set(answers.map(({ body }) => body.length)).size).toBeGreaterThan(5)
})

test('signatures and keys of channels are never compressed', async () => {
  const { rooms } = await everyRoom(alice)
  const channel_names = rooms.map(({ id, epoch }) => `private-encrypted-room-${id}-e${epoch}`)
  const signed = await fetch(`${harness.url}${authorizeChannels.path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${alice.token}`,
      'content-type': 'application/json',
      'accept-encoding': 'gzip',
    },
    body: JSON.stringify({ socket_id: '1.1', channel_names }),
  })
  expect(signed.status).toBe(200)
  expect((await signed.text()).length).toBeGreaterThan(1_024)
  expect(signed.headers.get('content-encoding')).toBeNull()
})

async function ask(path: string, more: Record<string, string>) {
  const headers = { authorization: `Bearer ${alice.token}`, ...more }
  const sent = request(`${harness.url}${path}`, { headers, agent: false }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  expect(response.statusCode).toBe(200)
  return { headers: response.headers, body: Buffer.concat(chunks) }
}
