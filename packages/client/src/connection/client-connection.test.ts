import { channelName } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import { ALICE, GENERAL, NOON } from '@conclave/shared/examples'
import type { Room, Rooms } from '@conclave/shared/rooms'
import { QueryClient } from '@tanstack/query-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { messagesKey } from '../keys/messages.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { createPeopleLoader } from '../people/people-loader.ts'
import { idAt, lookAt, message, page, room, roomsAt } from '../replica/replica.examples.ts'
import { ATTEMPT_FAILED } from './failed-attempts.ts'
import { createConnection, type Connection } from './client-connection.ts'
import type { ConnectionState } from './connection-state.ts'
import { createHealth, type Health } from './api-health.ts'
import { FakeSocket } from './socket.examples.ts'

const MINUTE_MS = 60_000
const MINE = channelName({ kind: 'person', personId: ALICE, epoch: 1 })
const OF_TEAM = channelName({ kind: 'team', epoch: 2 })
const OF_GENERAL = channelName({ kind: 'room', roomId: GENERAL, epoch: 3 })

let queryClient: QueryClient
let socket: FakeSocket
let health: Health
let connection: Connection
let states: ConnectionState['kind'][]
let requests: string[]
/** The server's rooms. */
let rooms: ReturnType<typeof roomsAt>
let teamRev: number
let isOnline: boolean
let isApiUp: boolean
let networkListeners: (() => void)[]

beforeEach(() => {
  vi.useFakeTimers()
  queryClient = new QueryClient()
  socket = new FakeSocket()
  states = []
  requests = []
  rooms = roomsAt(5, room())
  teamRev = 7
  isOnline = true
  isApiUp = true
  networkListeners = []
  health = createHealth({ now: nodeEnvironment.clock.now, answers: async () => isApiUp })
  connection = createConnection({
    socket,
    health,
    queryClient,
    call: call as unknown as Call,
    people: createPeopleLoader({ call: call as unknown as Call, queryClient }),
    environment: {
      ...nodeEnvironment,
      isOnline: () => isOnline,
      onNetwork: (listener) => {
        networkListeners.push(listener)
        return () => undefined
      },
    },
    myId: ALICE,
  })
  connection.subscribe(({ kind }) => states.push(kind))
})
afterEach(() => {
  connection.close()
  queryClient.clear()
  vi.useRealTimers()
})

test('it looks, subscribes to every channel they name, and is live once all are subscribed', async () => {
  await open()
  expect([...socket.channels.keys()].toSorted()).toEqual([OF_GENERAL, MINE, OF_TEAM].toSorted())
  expect(states).toEqual(['connecting', 'catching-up', 'live'])
})

test('what happened before a channel was subscribed is fetched afterwards, and its events are folded', async () => {
  queryClient.setQueryData(messagesKey(GENERAL), page(message(1)))
  await open()
  expect(requests.findLastIndex((path) => path.includes('changes'))).toBeGreaterThan(
    requests.indexOf('/v1/look'),
  )
  socket
    .channel(OF_GENERAL)
    .emit('event', { ...said(2), rev: 2, type: 'message.posted', data: message(2) })
  await vi.advanceTimersByTimeAsync(20)
  expect(queryClient.getQueryData(messagesKey(GENERAL))).toMatchObject({ rev: 2 })
})

test('after a rekey it subscribes to the room’s new channel within half a second, and unsubscribes from the old', async () => {
  await open()
  rooms = roomsAt(6, room({ epoch: 4 }))
  queryClient.setQueryData(ROOMS_KEY, rooms)
  await vi.advanceTimersByTimeAsync(600)
  expect(socket.gone).toEqual([OF_GENERAL])
  expect(states.at(-1)).toBe('catching-up')
  for (const channel of socket.channels.values()) if (!channel.subscribed) channel.succeed()
  await vi.advanceTimersByTimeAsync(200)
  expect(states.at(-1)).toBe('live')
})

test('E16: a position that was set back elsewhere is shown at once, and what comes after it within a second', async () => {
  rooms = roomsAt(5, room({ lastSeq: 30, readSeq: 30, rev: 30 }))
  await open()
  requests.length = 0
  rooms = roomsAt(6, room({ lastSeq: 30, readSeq: 20, rev: 30, readVersion: 6 }))
  const data = { rooms: [{ roomId: GENERAL, readSeq: 20, readVersion: 6 }] }
  socket.channel(MINE).emit('event', toAlice(6, 'reads.set', data))
  await vi.advanceTimersByTimeAsync(20)
  expect(roomNow(GENERAL)).toMatchObject({ readSeq: 20, unread: { runs: [], upTo: 20 } })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(requests).toEqual(['/v1/look'])
  expect(roomNow(GENERAL)).toEqual(rooms.rooms[0])
  expect(states.at(-1)).toBe('live')
})

test('a new key makes nobody load a list: what is not mine to miss is compared by digests', async () => {
  await open()
  requests.length = 0
  rooms = roomsAt(6, room({ epoch: 4 }))
  const data = { rooms: [{ roomId: GENERAL, epoch: 4 }], team: 3 }
  socket.channel(MINE).emit('event', toAlice(6, 'rekeyed', data))
  await vi.advanceTimersByTimeAsync(600)
  for (const channel of socket.channels.values()) if (!channel.subscribed) channel.succeed()
  await vi.advanceTimersByTimeAsync(200)
  expect(socket.channel(OF_GENERAL.replace('-e3', '-e4')).subscribed).toBe(true)
  expect(requests).toEqual(['/v1/look'])
  expect(states.at(-1)).toBe('live')
})

// All within 5 s, when the first check of the lists may be due.
describe('somebody in more rooms than may be subscribed', () => {
  const others = Array.from({ length: 60 }, (_, n) => room({ id: idAt(n) }))
  beforeEach(() => {
    rooms = roomsAt(5, room(), ...others)
  })

  test('is live with two channels, subscribes to a room that is opened, and then fetches what it lacks', async () => {
    await open()
    expect([...socket.channels.keys()]).toEqual([MINE, OF_TEAM])
    expect(states.at(-1)).toBe('live')
    requests.length = 0
    queryClient.setQueryData(messagesKey(GENERAL), page(message(1)))
    rooms = roomsAt(5, room({ rev: 2, lastSeq: 2 }), ...others)
    expect(states.at(-1)).toBe('catching-up')
    await vi.advanceTimersByTimeAsync(500)
    expect(requests).toEqual([])
    socket.channel(OF_GENERAL).succeed()
    await vi.advanceTimersByTimeAsync(200)
    expect(requests).toEqual(['/v1/look', '/v1/rooms/:roomId/changes'])
    expect(queryClient.getQueryData(messagesKey(GENERAL))).toMatchObject({ rev: 2 })
    expect(states.at(-1)).toBe('live')
  })

  test('learns by a hint that another room has moved, and asks for nothing', async () => {
    await open()
    requests.length = 0
    hint(room({ id: idAt(7), rev: 4, lastSeq: 3 }))
    await vi.advanceTimersByTimeAsync(3_000)
    expect(roomNow(idAt(7))).toMatchObject({ rev: 4, lastSeq: 3 })
    expect(requests).toEqual([])
  })

  test('waits for the event of an open room after its hint, and fetches it if it does not come', async () => {
    queryClient.setQueryData(messagesKey(GENERAL), page(message(1)))
    await open()
    requests.length = 0
    rooms = roomsAt(5, room({ rev: 2, lastSeq: 2 }), ...others)
    hint(room({ rev: 2, lastSeq: 2 }))
    await vi.advanceTimersByTimeAsync(500)
    socket
      .channel(OF_GENERAL)
      .emit('event', { ...said(2), rev: 2, type: 'message.posted', data: message(2) })
    await vi.advanceTimersByTimeAsync(1_600)
    expect(queryClient.getQueryData(messagesKey(GENERAL))).toMatchObject({ rev: 2 })
    expect(requests).toEqual([])

    rooms = roomsAt(5, room({ rev: 3, lastSeq: 3 }), ...others)
    hint(room({ rev: 3, lastSeq: 3 }))
    await vi.advanceTimersByTimeAsync(2_200)
    expect(queryClient.getQueryData(messagesKey(GENERAL))).toMatchObject({ rev: 3 })
    expect(requests).toEqual(['/v1/rooms/:roomId/changes'])
  })
})

test('in a busy room, whose next event is always on its way, it stays live, also when it looks', async () => {
  const others = Array.from({ length: 60 }, (_, n) => room({ id: idAt(n) }))
  rooms = roomsAt(5, room(), ...others)
  queryClient.setQueryData(messagesKey(GENERAL), page(message(1)))
  await open()
  requests.length = 0
  const before = states.length
  for (let seq = 2; seq <= 40; seq++) {
    // The server's answers, and hints, are ahead of the broker.
    rooms = roomsAt(5, room({ rev: seq, lastSeq: seq }), ...others)
    hint(room({ rev: seq, lastSeq: seq }))
    await vi.advanceTimersByTimeAsync(1_500)
    socket
      .channel(OF_GENERAL)
      .emit('event', { ...said(seq), rev: seq, type: 'message.posted', data: message(seq) })
    await vi.advanceTimersByTimeAsync(400)
  }
  expect(queryClient.getQueryData(messagesKey(GENERAL))).toMatchObject({ rev: 40 })
  expect(requests).toContain('/v1/look')
  expect(requests).not.toContain('/v1/rooms/:roomId/changes')
  expect(states.slice(before)).toEqual([])
})

test('a refused socket is retried, and the list is polled until one opens', async () => {
  await open()
  requests.length = 0
  socket.become('disconnected')
  expect(states.at(-1)).toBe('polling')
  for (let refusal = 0; refusal < 4; refusal++) {
    await vi.advanceTimersByTimeAsync(15_000)
    socket.become('disconnected')
  }
  expect(socket.attempts).toBeGreaterThanOrEqual(4)
  expect(requests.filter((path) => path === '/v1/look').length).toBeGreaterThan(4)
  socket.become('connected')
  await vi.advanceTimersByTimeAsync(200)
  expect(states.at(-1)).toBe('live')
})

test('an attempt to connect that takes too long is replaced by another', async () => {
  await open()
  socket.become('connecting')
  await vi.advanceTimersByTimeAsync(8_000)
  expect(socket.attempts).toBe(1)
})

test('an attempt that fails at once is followed by others with growing waits, and by no look of its own', async () => {
  await open()
  requests.length = 0
  const waits: number[] = []
  socket.become('connecting')
  for (let failure = 1; failure <= 6; failure++) {
    const failedAt = performance.now()
    socket.emit(ATTEMPT_FAILED)
    expect(states.at(-1)).toBe('polling')
    if (failure === 1) expect(requests).toEqual([])
    while (socket.attempts < failure) await vi.advanceTimersByTimeAsync(50)
    waits.push(performance.now() - failedAt)
  }
  expect(waits[0]).toBeLessThanOrEqual(1_050)
  for (const [nth, wait] of waits.entries()) {
    expect(wait).toBeGreaterThanOrEqual(Math.min(500 * 2 ** nth, 7_500))
    expect(wait).toBeLessThanOrEqual(Math.min(1_000 * 2 ** nth, 15_000) + 50)
  }
  socket.become('connected')
  // What a socket that was given up still says is not about this one.
  socket.emit(ATTEMPT_FAILED)
  await vi.advanceTimersByTimeAsync(200)
  expect(states.at(-1)).toBe('live')
})

test('a broker that refuses me makes me look, also when attempts failed before', async () => {
  await open()
  requests.length = 0
  socket.become('connecting')
  socket.emit(ATTEMPT_FAILED)
  socket.connect()
  socket.become('disconnected')
  await vi.advanceTimersByTimeAsync(200)
  expect(requests).toEqual(['/v1/look'])
})

test('an event lost in a quiet room is fetched within about a minute by a visible page', async () => {
  queryClient.setQueryData(messagesKey(GENERAL), page(message(1)))
  await open()
  rooms = roomsAt(5, room({ rev: 2, lastSeq: 2 }))
  await vi.advanceTimersByTimeAsync(MINUTE_MS + 10_000)
  expect(queryClient.getQueryData(messagesKey(GENERAL))).toMatchObject({ rev: 2 })
})

test('without a network the state is offline, and once it is back everything is fetched', async () => {
  await open()
  setNetwork(false)
  expect(states.at(-1)).toBe('offline')
  requests.length = 0
  setNetwork(true)
  await vi.advanceTimersByTimeAsync(200)
  expect(requests).toEqual(['/v1/look'])
  expect(states.at(-1)).toBe('live')
})

test('when the broker is gone, the api is checked before it is said that messages are sent', async () => {
  await open()
  isApiUp = false
  socket.become('connecting')
  socket.emit(ATTEMPT_FAILED)
  await vi.advanceTimersByTimeAsync(0)
  expect(states.at(-1)).toBe('api-away')
  isApiUp = true
  await vi.advanceTimersByTimeAsync(2_000)
  expect(states.at(-1)).toBe('polling')
  socket.become('connected')
  await vi.advanceTimersByTimeAsync(200)
  expect(states.at(-1)).toBe('live')
})

test('once the network is back a socket is opened at once, however long attempts have failed', async () => {
  await open()
  setNetwork(false)
  for (let failure = 0; failure < 6; failure++) {
    socket.become('connecting')
    socket.emit(ATTEMPT_FAILED)
  }
  const before = socket.attempts
  setNetwork(true)
  expect(socket.attempts).toBe(before + 1)
  socket.become('connected')
  await vi.advanceTimersByTimeAsync(200)
  expect(states.at(-1)).toBe('live')
})

test('once closed, it sends no request, opens no socket and reports no state', async () => {
  await open()
  connection.close()
  const before = { said: states.length, requests: requests.length, attempts: socket.attempts }
  health.report('silent')
  socket.become('connected')
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  expect({ said: states.length, requests: requests.length, attempts: socket.attempts }).toEqual(
    before,
  )
})

/** Connects, and confirms every subscription. */
async function open(): Promise<void> {
  socket.become('connected')
  await vi.advanceTimersByTimeAsync(200)
  for (const channel of socket.channels.values()) channel.succeed()
  await vi.advanceTimersByTimeAsync(200)
}

function setNetwork(isThere: boolean): void {
  isOnline = isThere
  for (const listener of networkListeners) listener()
}

function said(seq: number) {
  return { v: 1, room: GENERAL, epoch: 3, at: message(seq).createdAt }
}

function toAlice(rev: number, type: string, data: unknown) {
  return { v: 1, person: ALICE, epoch: 1, rev, type, at: NOON, data }
}

function hint(...rooms: Room[]): void {
  socket.channel(MINE).emit('event', toAlice(5, 'rooms.moved', { rooms }))
}

function roomNow(roomId: string): Room | undefined {
  return queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms.find(({ id }) => id === roomId)
}

/** The part of the api that a connection uses. */
async function call({ path }: { path: string }): Promise<unknown> {
  requests.push(path)
  const [general = room()] = rooms.rooms
  const { rev, lastSeq } = general
  const messages = rev > 1 ? [message(rev)] : []
  switch (path) {
    case '/v1/look':
      return { ...lookAt(rooms.rev, ...rooms.rooms), teamRev }
    case '/v1/people/changes':
      return { reset: false, rev: teamRev, people: [] }
    case '/v1/rooms/:roomId':
      return general
    case '/v1/rooms/:roomId/changes':
      return { reset: false, rev, lastSeq, messages, members: [], left: [] }
    default:
      throw new Error(`${path} was not expected`)
  }
}
