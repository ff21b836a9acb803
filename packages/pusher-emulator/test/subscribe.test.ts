import { expect, test } from 'vitest'
import { authFor, clientFor, connect, control, once, serverFor, start } from './stand.ts'

test.each(['room', 'private-room', 'private-encrypted-room', 'presence-room', 'cache-room'])(
  'what the server publishes on %s reaches the subscriber',
  async (name) => {
    const emulator = await start()
    const room = clientFor(emulator).subscribe(name)
    await once(room, 'pusher:subscription_succeeded')
    const heard = once(room, 'message.posted')
    await serverFor(emulator).trigger(name, 'message.posted', { text: 'Grüße' })
    expect(await heard).toEqual({ text: 'Grüße' })
  },
)

test('a private channel opens for a good signature and for no other', async () => {
  const emulator = await start()
  const raw = await connect(emulator)
  raw.subscribe('private-room', `${emulator.key}:${'0'.repeat(64)}`)
  expect(await raw.frame('pusher:error')).toEqual({
    event: 'pusher:error',
    data: {
      code: null,
      message: `Invalid signature: Expected HMAC SHA256 hex digest of ${raw.socketId}:private-room, but got ${'0'.repeat(64)}`,
    },
  })
  expect(emulator.stats().channels).toEqual([])
  raw.subscribe('private-room', authFor(emulator, `${raw.socketId}:private-room`))
  expect(await raw.frame('pusher_internal:subscription_succeeded')).toEqual({
    event: 'pusher_internal:subscription_succeeded',
    channel: 'private-room',
    data: '{}',
  })
})

test.each([
  ['no auth', 'private-room', '', /Auth value .* missing/],
  ['another key', 'private-room', 'other:00', /Invalid key in subscription auth data: 'other'/],
  ['a name with a colon', 'private-a:b', '', /Invalid channel name/],
  ['a name with 165 characters', 'a'.repeat(165), '', /Invalid channel name/],
  ['the channel of a user', '#server-to-user-bob', '', /Not authorized/],
])('a subscription with %s is refused', async (_title, channel, auth, message) => {
  const raw = await connect(await start())
  raw.subscribe(channel, auth)
  const { data } = await raw.frame('pusher:error')
  expect(data).toEqual({ code: null, message: expect.stringMatching(message) })
})

test('a name of 164 characters is accepted', async () => {
  const raw = await connect(await start())
  raw.subscribe('a'.repeat(164))
  await raw.frame('pusher_internal:subscription_succeeded')
})

test('a signature for one socket does not open the channel for another', async () => {
  const emulator = await start()
  const [alice, mallory] = [await connect(emulator), await connect(emulator)]
  const auth = authFor(emulator, `${alice.socketId}:private-room`)
  mallory.subscribe('private-room', auth)
  await mallory.frame('pusher:error')
  alice.subscribe('private-room', auth)
  await alice.frame('pusher_internal:subscription_succeeded')
})

test('a second subscription to the same channel is refused, after leaving it is not', async () => {
  const raw = await connect(await start())
  raw.subscribe('room')
  raw.subscribe('room')
  const { data } = await raw.frame('pusher:error')
  expect(data).toEqual({ code: null, message: 'Existing subscription to channel room' })
  raw.frames.length = 0
  raw.send('pusher:unsubscribe', { channel: 'room' })
  raw.subscribe('room')
  await raw.frame('pusher_internal:subscription_succeeded')
})

test('the socket that published is left out', async () => {
  const emulator = await start()
  const [alice, bob] = [await connect(emulator), await connect(emulator)]
  for (const each of [alice, bob]) {
    each.subscribe('room')
    await each.frame('pusher_internal:subscription_succeeded')
  }
  const server = serverFor(emulator)
  await server.trigger('room', 'first', {}, { socket_id: alice.socketId })
  await server.trigger('room', 'second', {})
  await bob.frame('first')
  await alice.frame('second')
  expect(alice.frames.some(({ event }) => event === 'first')).toBe(false)
})

test('a cache channel hands the newcomer its last event, or says there is none', async () => {
  const emulator = await start()
  const early = clientFor(emulator).subscribe('cache-room')
  await once(early, 'pusher:cache_miss')
  await serverFor(emulator).trigger('cache-room', 'topic', 'hello')
  const late = clientFor(emulator, 'bob').subscribe('cache-room')
  expect(await once(late, 'topic')).toBe('hello')
})

test('a cached event is forgotten after its time', async () => {
  const emulator = await start({ limits: { cacheTtlMs: 0 } })
  await serverFor(emulator).trigger('cache-room', 'topic', 'hello')
  await once(clientFor(emulator).subscribe('cache-room'), 'pusher:cache_miss')
})

test('subscription counts are told when the app opts in', async () => {
  const emulator = await start({ subscriptionCounts: true })
  const room = clientFor(emulator).subscribe('room')
  expect(await once(room, 'pusher:subscription_count')).toEqual({ subscription_count: 1 })
  const next = once(room, 'pusher:subscription_count')
  clientFor(emulator, 'bob').subscribe('room')
  expect(await next).toEqual({ subscription_count: 2 })
})

test('a plaintext forged by the vendor never comes out of an encrypted channel', async () => {
  const emulator = await start()
  const room = clientFor(emulator).subscribe('private-encrypted-room')
  await once(room, 'pusher:subscription_succeeded')
  const heard: unknown[] = []
  room.bind('message.posted', (data: unknown) => heard.push(data))
  const forged = {
    channel: 'private-encrypted-room',
    event: 'message.posted',
    data: '{"text":"x"}',
  }
  const answer = await control(emulator, 'inject', forged)
  expect(await answer.json()).toEqual({ delivered: 1 })
  const genuine = once(room, 'message.posted')
  await serverFor(emulator).trigger('private-encrypted-room', 'message.posted', { text: 'y' })
  await genuine
  expect(heard).toEqual([{ text: 'y' }])
})

test('what is not a message is answered with an error, and the socket stays', async () => {
  const raw = await connect(await start())
  raw.socket.send('{nonsense')
  await raw.frame('pusher:error')
  raw.subscribe('room')
  await raw.frame('pusher_internal:subscription_succeeded')
})

test('a frame over the size limit ends the socket', async () => {
  const emulator = await start({ limits: { frameBytes: 1000 } })
  const raw = await connect(emulator)
  raw.socket.send('x'.repeat(1001))
  expect((await raw.closed).code).toBe(1009)
})

test('a consumer that does not read is disconnected instead of buffered without limit', async () => {
  const emulator = await start({ limits: { bufferedBytes: 100_000 } })
  const slow = await connect(emulator)
  slow.subscribe('room')
  await slow.frame('pusher_internal:subscription_succeeded')
  slow.socket.pause()
  const server = serverFor(emulator)
  for (let sent = 0; sent < 5000 && emulator.stats().slowConsumersCut === 0; sent += 10) {
    const batch = Array.from({ length: 10 }, () => ({
      channel: 'room',
      name: 'flood',
      data: 'x'.repeat(10_000),
    }))
    await server.triggerBatch(batch)
  }
  expect(emulator.stats().slowConsumersCut).toBe(1)
})
