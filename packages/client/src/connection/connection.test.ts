import { channelName } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import { ALICE, GENERAL } from '@conclave/shared/examples'
import { QueryClient } from '@tanstack/query-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { messagesKey } from '../keys/messages.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { message, page, room, roomsAt } from '../replica/replica.examples.ts'
import { createConnection, type Connection } from './connection.ts'
import type { ConnectionState } from './connection-state.ts'
import { createHealth, type Health } from './api-health.ts'
import { FakeSocket } from './socket.examples.ts'

const MINUTE_MS = 60_000
const OF_GENERAL = channelName({ kind: 'room', roomId: GENERAL, epoch: 3 })

let queryClient: QueryClient
let socket: FakeSocket
let health: Health
let connection: Connection
let states: ConnectionState['kind'][]
let asked: string[]
/** What the server has, beside a list of nobody. */
let rooms: ReturnType<typeof roomsAt>
let isOnline: boolean
let networkListeners: (() => void)[]

beforeEach(() => {
  vi.useFakeTimers()
  queryClient = new QueryClient()
  socket = new FakeSocket()
  states = []
  asked = []
  rooms = roomsAt(5, room())
  isOnline = true
  networkListeners = []
  health = createHealth({ now: nodeEnvironment.clock.now, answers: async () => true })
  connection = createConnection({
    socket,
    health,
    queryClient,
    call: call as unknown as Call,
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

test('it asks for the lists, hears every channel they name, and is live once all are heard', async () => {
  await open()
  expect([...socket.channels.keys()].toSorted()).toEqual(
    [
      OF_GENERAL,
      channelName({ kind: 'person', personId: ALICE, epoch: 1 }),
      channelName({ kind: 'team', epoch: 2 }),
    ].toSorted(),
  )
  expect(states).toEqual(['connecting', 'catching-up', 'live'])
})

test('what happened before a channel was heard is asked for after, and what comes on it is held', async () => {
  queryClient.setQueryData(messagesKey(GENERAL), page(message(1)))
  await open()
  expect(asked.findLastIndex((path) => path.includes('changes'))).toBeGreaterThan(
    asked.indexOf('/v1/rooms'),
  )
  socket
    .channel(OF_GENERAL)
    .emit('event', { ...said(2), rev: 2, type: 'message.posted', data: message(2) })
  expect(queryClient.getQueryData(messagesKey(GENERAL))).toMatchObject({ rev: 2 })
})

test('a room that has a new key is heard on its new channel within half a second, and no longer on the old', async () => {
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

test('a refused socket is tried again and again, and meanwhile the list is asked for', async () => {
  await open()
  asked.length = 0
  socket.become('disconnected')
  expect(states.at(-1)).toBe('polling')
  for (let refusal = 0; refusal < 4; refusal++) {
    await vi.advanceTimersByTimeAsync(15_000)
    socket.become('disconnected')
  }
  expect(socket.attempts).toBeGreaterThanOrEqual(4)
  expect(asked.filter((path) => path === '/v1/rooms').length).toBeGreaterThan(4)
  socket.become('connected')
  await vi.advanceTimersByTimeAsync(200)
  expect(states.at(-1)).toBe('live')
})

test('an attempt that takes too long is given up for another', async () => {
  await open()
  socket.become('connecting')
  await vi.advanceTimersByTimeAsync(8_000)
  expect(socket.attempts).toBe(1)
})

test('what is lost in a quiet room is asked for within a minute or so by somebody who looks', async () => {
  queryClient.setQueryData(messagesKey(GENERAL), page(message(1)))
  await open()
  rooms = roomsAt(5, room({ rev: 2, lastSeq: 2 }))
  await vi.advanceTimersByTimeAsync(MINUTE_MS + 10_000)
  expect(queryClient.getQueryData(messagesKey(GENERAL))).toMatchObject({ rev: 2 })
})

test('without a network that is what is said, and with it back everything is asked for', async () => {
  await open()
  isOnline = false
  for (const listener of networkListeners) listener()
  expect(states.at(-1)).toBe('offline')
  asked.length = 0
  isOnline = true
  for (const listener of networkListeners) listener()
  await vi.advanceTimersByTimeAsync(200)
  expect(asked).toEqual(expect.arrayContaining(['/v1/rooms', '/v1/people']))
  expect(states.at(-1)).toBe('live')
})

test('once it is closed, nothing is asked, opened or said any more', async () => {
  await open()
  connection.close()
  const before = { said: states.length, asked: asked.length, attempts: socket.attempts }
  health.tell('silent')
  socket.become('connected')
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  expect({ said: states.length, asked: asked.length, attempts: socket.attempts }).toEqual(before)
})

/** Connects, and answers every subscription. */
async function open(): Promise<void> {
  socket.become('connected')
  await vi.advanceTimersByTimeAsync(200)
  for (const channel of socket.channels.values()) channel.succeed()
  await vi.advanceTimersByTimeAsync(200)
}

function said(seq: number) {
  return { v: 1, room: GENERAL, epoch: 3, at: message(seq).createdAt }
}

/** The api, as far as a connection asks it. */
async function call({ path }: { path: string }): Promise<unknown> {
  asked.push(path)
  const [general = room()] = rooms.rooms
  const { rev, lastSeq } = general
  const messages = rev > 1 ? [message(rev)] : []
  switch (path) {
    case '/v1/rooms':
      return rooms
    case '/v1/rooms/:roomId':
      return general
    case '/v1/rooms/:roomId/changes':
      return { reset: false, rev, lastSeq, messages, members: [], left: [] }
    default:
      return { people: [], rev: 0 }
  }
}
