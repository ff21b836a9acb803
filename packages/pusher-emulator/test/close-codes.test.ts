import { expect, test } from 'vitest'
import { CLOSE } from '../src/protocol/close-codes.ts'
import { authFor, clientFor, connect, control, dial, once, serverFor, start } from './stand.ts'

test('a client with the right key and protocol is greeted with its socket id', async () => {
  const emulator = await start({ activityTimeoutSeconds: 77 })
  const { data } = await dial(emulator).frame('pusher:connection_established')
  expect(JSON.parse(data as string)).toEqual({
    socket_id: expect.stringMatching(/^\d+\.\d+$/),
    activity_timeout: 77,
  })
})

test.each([
  ['4001: an unknown key is refused', '/app/other-key?protocol=7', 4001],
  ['4005: another path is refused', '/elsewhere', 4005],
  ['4006: a version that is no version is refused', '/app/local-key?protocol=7&version=x', 4006],
  ['4007: a protocol of the future is refused', '/app/local-key?protocol=8', 4007],
  ['4008: a missing protocol is refused', '/app/local-key', 4008],
])('%s', async (_title, path, code) => {
  const raw = dial(await start(), path)
  expect((await raw.closed).code).toBe(code)
  expect(raw.frames).toEqual([])
})

test.each([4, 5, 6, 7])('a client that speaks protocol %i is greeted', async (protocol) => {
  const emulator = await start()
  const raw = dial(emulator, `/app/local-key?protocol=${protocol}`)
  const { data } = await raw.frame('pusher:connection_established')
  // Only version 7 is told when to ask whether anybody is there.
  expect('activity_timeout' in JSON.parse(data as string)).toBe(protocol === 7)
  raw.subscribe('room')
  await raw.frame('pusher_internal:subscription_succeeded')
  const told = raw.frames.length
  await control(emulator, 'close', { reason: 'reconnect' })
  expect((await raw.closed).code).toBe(4200)
  const [error] = raw.frames.slice(told)
  expect(error?.event).toBe(protocol < 6 ? 'pusher:error' : undefined)
})

test.each([1, 2, 3])('4007: protocol %i is refused, and told so in an event', async (protocol) => {
  const raw = dial(await start(), `/app/local-key?protocol=${protocol}`)
  expect((await raw.closed).code).toBe(4007)
  expect(raw.frames).toMatchObject([{ event: 'pusher:error', data: { code: 4007 } }])
})

test.each([
  ['4000: an app for TLS only refuses ws://', { tlsOnly: true }, 4000],
  ['4003: a disabled app refuses everybody', { enabled: false }, 4003],
  ['4004: connections over the plan are refused', { limits: { connections: 0 } }, 4004],
  ['4100: connections over the capacity are refused', { limits: { capacity: 0 } }, 4100],
])('%s', async (_title, options, code) => {
  const raw = dial(await start(options))
  expect((await raw.closed).code).toBe(code)
})

test('4004: the last connection of the plan is accepted and the next refused', async () => {
  const emulator = await start({ limits: { connections: 1 } })
  await connect(emulator)
  expect((await dial(emulator).closed).code).toBe(4004)
})

test('4009: a terminated user loses signed-in connections, not the others', async () => {
  const emulator = await start()
  const alice = clientFor(emulator)
  const bob = clientFor(emulator, 'bob')
  const room = bob.subscribe('presence-room')
  await once(room, 'pusher:subscription_succeeded')
  alice.signin()
  await once(alice, 'pusher:signin_success')
  const gone = once(alice.connection, 'disconnected')
  await serverFor(emulator).terminateUserConnections('bob')
  await serverFor(emulator).terminateUserConnections('alice')
  await gone
  expect(bob.connection.state).toBe('connected')
})

test('4009: a socket that never identifies itself is disconnected when the app demands it', async () => {
  const emulator = await start({ authorizedConnectionsTimeoutMs: 150 })
  const alice = await connect(emulator)
  const text = `${alice.socketId}:private-room`
  alice.subscribe('private-room', authFor(emulator, text))
  const mallory = await connect(emulator)
  expect((await mallory.closed).code).toBe(4009)
  expect(alice.socket.readyState).toBe(alice.socket.OPEN)
})

test('4201: a silent client is pinged, and closed when no pong comes', async () => {
  const emulator = await start({ activityTimeoutSeconds: 0.05, pongTimeoutSeconds: 0.05 })
  const raw = await connect(emulator)
  await raw.frame('pusher:ping')
  expect((await raw.closed).code).toBe(4201)
})

test('a client that answers the ping stays', async () => {
  const emulator = await start({ activityTimeoutSeconds: 0.05, pongTimeoutSeconds: 0.4 })
  const raw = await connect(emulator)
  await raw.frame('pusher:ping')
  raw.frames.length = 0
  raw.send('pusher:pong', {})
  await raw.frame('pusher:ping')
  expect(raw.socket.readyState).toBe(raw.socket.OPEN)
})

test('a ping is answered with a pong', async () => {
  const raw = await connect(await start())
  raw.send('pusher:ping', {})
  await expect(raw.frame('pusher:pong')).resolves.toEqual({ event: 'pusher:pong', data: '{}' })
})

test('4200: a client told to reconnect comes back at once with its channels', async () => {
  const emulator = await start()
  const alice = clientFor(emulator)
  const room = alice.subscribe('room')
  await once(room, 'pusher:subscription_succeeded')
  const again = once(room, 'pusher:subscription_succeeded')
  await control(emulator, 'close', { code: 4200 })
  await again
  expect(emulator.stats().connections).toBe(1)
})

test.each(Object.entries(CLOSE))(
  'the control route closes for %s (matrix)',
  async (reason, [code]) => {
    const emulator = await start()
    const [chosen, other] = [await connect(emulator), await connect(emulator)]
    await control(emulator, 'close', { reason, socketId: chosen.socketId })
    expect((await chosen.closed).code).toBe(code)
    expect(other.socket.readyState).toBe(other.socket.OPEN)
  },
)

test('4202: inactivity is closed with its own code', async () => {
  const emulator = await start()
  const raw = await connect(emulator)
  await control(emulator, 'close', { reason: 'inactive' })
  expect(await raw.closed).toEqual({ code: 4202, reason: 'Closed after inactivity' })
})
