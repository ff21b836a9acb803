import { get } from 'node:http'
import { expect, test } from 'vitest'
import type { PusherEmulator } from '../src/index.ts'
import { clientFor, connect, control, dial, once, serverFor, start } from './stand.ts'

test('GET /__emulator/record shows what the vendor saw, and never a secret of the room', async () => {
  const emulator = await start()
  const room = clientFor(emulator).subscribe('private-encrypted-room')
  await once(room, 'pusher:subscription_succeeded')
  const heard = once(room, 'message.posted')
  const server = serverFor(emulator)
  await server.trigger('private-encrypted-room', 'message.posted', { text: 'burgundy' })
  await heard
  await server.trigger('room', 'message.posted', { text: 'in the clear' })
  const seen = await fetch(`${emulator.url}/__emulator/record?after=1`)
  const { entries } = (await seen.json()) as { entries: { n: number; kind: string }[] }
  expect(entries[0]!.n).toBe(2)
  expect(entries.filter(({ kind }) => kind === 'publish')).toHaveLength(2)
  expect(emulator.record.search('private-encrypted-room').length).toBeGreaterThan(0)
  expect(emulator.record.search('in the clear')).toHaveLength(1)
  expect(emulator.record.search('burgundy')).toEqual([])
})

test('the record keeps to its cap, oldest first out', async () => {
  const emulator = await start({ recordCap: 3 })
  for (let n = 1; n <= 5; n += 1) await serverFor(emulator).trigger('room', `event-${n}`, {})
  const events = emulator.record.publishes().map(({ event }) => event)
  expect(events).toEqual(['event-3', 'event-4', 'event-5'])
  expect(emulator.record.total).toBe(5)
})

test('the record stores one entry a delivery when asked to', async () => {
  const emulator = await start({ recordFrames: 'deliveries' })
  for (const raw of [await connect(emulator), await connect(emulator)]) {
    raw.subscribe('room')
    await raw.frame('pusher_internal:subscription_succeeded')
  }
  await serverFor(emulator).trigger('room', 'hello', {})
  const sent = emulator.record.search('"event":"hello"').filter(({ kind }) => kind === 'sent')
  expect(sent).toHaveLength(2)
})

test('GET /__emulator/stats counts what is live', async () => {
  const emulator = await start()
  await once(clientFor(emulator).subscribe('room'), 'pusher:subscription_succeeded')
  const answer = await fetch(`${emulator.url}/__emulator/stats`)
  expect(await answer.json()).toMatchObject({
    connections: 1,
    channels: [{ name: 'room', subscriptions: 1, members: 0 }],
    fault: 'none',
  })
})

test('POST /__emulator/reset clears the record and clients come back', async () => {
  const emulator = await start()
  const alice = clientFor(emulator)
  await once(alice.connection, 'connected')
  const again = once(alice.connection, 'connected')
  await control(emulator, 'reset', {})
  await again
  expect(emulator.record.publishes()).toEqual([])
})

test('POST /__emulator/fault down: the API is 503, sockets drop and none opens until it is over', async () => {
  const emulator = await start()
  const raw = await connect(emulator)
  await control(emulator, 'fault', { mode: 'down' })
  expect((await raw.closed).code).toBe(1006)
  expect((await dial(emulator).closed).code).toBe(1006)
  const refused = serverFor(emulator).trigger('room', 'hello', {})
  await expect(refused).rejects.toMatchObject({ status: 503 })
  await control(emulator, 'fault', { mode: 'none' })
  await connect(emulator)
  await serverFor(emulator).trigger('room', 'hello', {})
})

test('POST /__emulator/fault error answers the chosen status, slow answers late', async () => {
  const emulator = await start()
  const server = serverFor(emulator)
  await control(emulator, 'fault', { mode: 'error', status: 429 })
  await expect(server.trigger('room', 'hello', {})).rejects.toMatchObject({ status: 429 })
  await control(emulator, 'fault', { mode: 'slow', delayMs: 60 })
  const startedAt = performance.now()
  await server.trigger('room', 'hello', {})
  expect(performance.now() - startedAt).toBeGreaterThan(50)
  expect((await control(emulator, 'fault', { mode: 'odd' })).status).toBe(400)
})

test('what a slow vendor holds is handled at once when it is not slow any more', async () => {
  const emulator = await start()
  const server = serverFor(emulator)
  await control(emulator, 'fault', { mode: 'slow', delayMs: 600_000 })
  const held = server.trigger('room', 'hello', {})
  // On other connections: by the last answer, the request before them has arrived.
  for (const _ of [1, 2, 3]) await control(emulator, 'frames', {})
  expect(emulator.record.publishes()).toEqual([])
  await control(emulator, 'fault', { mode: 'none' })
  expect((await held).status).toBe(200)
  await control(emulator, 'fault', { mode: 'slow', delayMs: 600_000 })
  const refused = server.trigger('room', 'hello', {})
  await control(emulator, 'fault', { mode: 'error', status: 429 })
  await expect(refused).rejects.toMatchObject({ status: 429 })
  expect(emulator.record.publishes()).toHaveLength(1)
})

test('POST /__emulator/inject reaches one socket when told to', async () => {
  const emulator = await start()
  const [alice, bob] = [await connect(emulator), await connect(emulator)]
  const frame = { channel: 'private-room', event: 'forged', data: 'x', toSocket: alice.socketId }
  await control(emulator, 'inject', frame)
  expect(await alice.frame('forged')).toEqual({
    event: 'forged',
    channel: 'private-room',
    data: 'x',
  })
  expect(bob.frames).toHaveLength(1)
})

test('POST /__emulator/close refuses a code Pusher does not have', async () => {
  expect((await control(await start(), 'close', { code: 4999 })).status).toBe(400)
})

test('the control routes refuse a foreign page, by origin and by rebound host', async () => {
  const emulator = await start()
  expect(await statusWith(emulator, { origin: 'https://mallory.example' })).toBe(403)
  expect(await statusWith(emulator, { host: `mallory.example:${emulator.port}` })).toBe(403)
  expect(await statusWith(emulator, { 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await statusWith(emulator, { origin: `http://127.0.0.1:${emulator.port}` })).toBe(200)
})

test('the console is served under a policy that runs no foreign code', async () => {
  const emulator = await start()
  const page = await fetch(emulator.url)
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(await page.text()).toContain('Local stand-in')
  for (const file of ['console.js', 'console.css']) {
    expect((await fetch(`${emulator.url}/__emulator/${file}`)).status).toBe(200)
  }
  expect((await fetch(`${emulator.url}/elsewhere`)).status).toBe(404)
})

test.each(['127.0.0.1', '[::1]', 'localhost'])('%s answers', async (host) => {
  const { port } = await start()
  expect((await fetch(`http://${host}:${port}/__emulator/stats`)).status).toBe(200)
})

test('closing lets go of every socket', async () => {
  const emulator = await start()
  const raw = await connect(emulator)
  await emulator.close()
  await raw.closed
  await expect.poll(() => emulator.stats().connections).toBe(0)
})

/** fetch would not send these headers. */
function statusWith(
  { port }: PusherEmulator,
  headers: Record<string, string>,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(
      { port, host: '127.0.0.1', path: '/__emulator/stats', headers },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      },
    )
    request.on('error', reject)
  })
}
