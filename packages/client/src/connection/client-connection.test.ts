import { channelName } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import { ALICE, GENERAL } from '@conclave/shared/examples'
import { QueryClient } from '@tanstack/query-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { messagesKey } from '../keys/messages.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { createPeopleLoader } from '../people/people-loader.ts'
import { lookAt, message, page, room, roomsAt } from '../replica/replica.examples.ts'
import { createConnection, type Connection } from './client-connection.ts'
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
let requests: string[]
/** The server's rooms. */
let rooms: ReturnType<typeof roomsAt>
let teamRev: number
let isOnline: boolean
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
  networkListeners = []
  health = createHealth({ now: nodeEnvironment.clock.now, answers: async () => true })
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
  expect([...socket.channels.keys()].toSorted()).toEqual(
    [
      OF_GENERAL,
      channelName({ kind: 'person', personId: ALICE, epoch: 1 }),
      channelName({ kind: 'team', epoch: 2 }),
    ].toSorted(),
  )
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

test('an event lost in a quiet room is fetched within about a minute by a visible page', async () => {
  queryClient.setQueryData(messagesKey(GENERAL), page(message(1)))
  await open()
  rooms = roomsAt(5, room({ rev: 2, lastSeq: 2 }))
  await vi.advanceTimersByTimeAsync(MINUTE_MS + 10_000)
  expect(queryClient.getQueryData(messagesKey(GENERAL))).toMatchObject({ rev: 2 })
})

test('without a network the state is offline, and once it is back everything is fetched', async () => {
  await open()
  isOnline = false
  for (const listener of networkListeners) listener()
  expect(states.at(-1)).toBe('offline')
  requests.length = 0
  isOnline = true
  for (const listener of networkListeners) listener()
  await vi.advanceTimersByTimeAsync(200)
  expect(requests).toEqual(['/v1/look'])
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

function said(seq: number) {
  return { v: 1, room: GENERAL, epoch: 3, at: message(seq).createdAt }
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
