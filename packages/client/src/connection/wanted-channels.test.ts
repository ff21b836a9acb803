import { channelName, parseChannel, ROOM_CHANNELS_MAX } from '@conclave/shared/channels'
import { ALICE } from '@conclave/shared/examples'
import type { Rooms } from '@conclave/shared/rooms'
import { QueryClient, QueryObserver } from '@tanstack/query-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { messagesKey, pendingKey } from '../keys/messages.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { idAt, page, room, roomsAt } from '../replica/replica.examples.ts'
import { createWantedChannels, type WantedChannels } from './wanted-channels.ts'
import { watchCache } from './watch-cache.ts'

let queryClient: QueryClient
let wanted: WantedChannels
let stopWatching: () => void
/** The names that were wanted, each time they changed. */
let names: Set<string>[]

beforeEach(() => {
  vi.useFakeTimers()
  queryClient = new QueryClient()
  names = []
  const { clock } = nodeEnvironment
  const onNames = (now: Set<string>): void => void names.push(now)
  wanted = createWantedChannels({ queryClient, clock, myId: ALICE, onNames })
  stopWatching = watchCache({
    queryClient,
    isFolding: () => false,
    onList: wanted.update,
    onWriting: () => undefined,
    onOpened: wanted.opened,
    onClosed: wanted.closed,
    onBehind: () => undefined,
  })
})
afterEach(() => {
  stopWatching()
  wanted.close()
  queryClient.clear()
  vi.useRealTimers()
})

test('all my rooms are subscribed when there are no more than there may be', () => {
  amIn(ROOM_CHANNELS_MAX)
  expect(subscribedRooms()).toHaveLength(ROOM_CHANNELS_MAX)
  expect(names).toHaveLength(1)
})

test('in more rooms than that, only those that were opened are, and of these the last', () => {
  amIn(500)
  expect(subscribedRooms()).toEqual([])
  expect(names.at(-1)).toEqual(
    new Set([
      channelName({ kind: 'person', personId: ALICE, epoch: 1 }),
      channelName({ kind: 'team', epoch: 2 }),
    ]),
  )
  for (let n = 0; n < 60; n++) open(idAt(n))
  expect(subscribedRooms()).toEqual(idsBetween(22, 60))
})

test('a room that is subscribed no longer is not held either, and what is written there is kept', () => {
  amIn(500)
  open(idAt(0))
  queryClient.setQueryData(pendingKey(idAt(0)), ['what somebody wrote'])
  for (let n = 1; n <= ROOM_CHANNELS_MAX; n++) open(idAt(n))
  expect(queryClient.getQueryData(messagesKey(idAt(0)))).toBeUndefined()
  expect(queryClient.getQueryData(messagesKey(idAt(1)))).toBeDefined()
  expect(queryClient.getQueryData(pendingKey(idAt(0)))).toEqual(['what somebody wrote'])
})

test('a room on the screen stays subscribed, whatever else is opened', () => {
  amIn(500)
  const leave = show(idAt(0))
  for (let n = 1; n <= 60; n++) open(idAt(n))
  expect(subscribedRooms()).toContain(idAt(0))
  expect(queryClient.getQueryData(messagesKey(idAt(0)))).toBeDefined()
  leave()
  open(idAt(61))
  expect(subscribedRooms()).not.toContain(idAt(0))
})

test('a room is subscribed from the moment it is shown, before its messages are there', () => {
  amIn(500)
  const leave = show(idAt(7), { isLoading: true })
  expect(subscribedRooms()).toEqual([idAt(7)])
  leave()
})

test('a room that the cache drops is not subscribed any more', () => {
  amIn(500)
  open(idAt(3))
  queryClient.removeQueries({ queryKey: messagesKey(idAt(3)) })
  expect(subscribedRooms()).toEqual([])
})

test('messages, and what is read, change no channel', () => {
  amIn(500)
  open(idAt(3))
  names.length = 0
  changeRoom(3, { rev: 2, lastSeq: 2 })
  changeRoom(9, { readSeq: 2 })
  queryClient.setQueryData(messagesKey(idAt(3)), { ...page(), rev: 2 })
  expect(names).toEqual([])
})

test('a rekeyed room has a new channel within half a second, and one that is not subscribed has it when it is opened', async () => {
  amIn(500)
  open(idAt(3))
  changeRoom(3, { epoch: 4 })
  changeRoom(9, { epoch: 8 })
  await vi.advanceTimersByTimeAsync(500)
  expect(subscribedRooms()).toEqual([idAt(3)])
  expect(names.at(-1)).toContain(channelName({ kind: 'room', roomId: idAt(3), epoch: 4 }))
  open(idAt(9))
  expect(names.at(-1)).toContain(channelName({ kind: 'room', roomId: idAt(9), epoch: 8 }))
})

test('opening a room waits for nothing, although another then has no channel any more', () => {
  amIn(500)
  for (let n = 0; n <= ROOM_CHANNELS_MAX; n++) open(idAt(n))
  expect(subscribedRooms()).toEqual(idsBetween(1, ROOM_CHANNELS_MAX + 1))
})

test('joining one room more than that leaves those that were opened', () => {
  amIn(ROOM_CHANNELS_MAX)
  open(idAt(3))
  amIn(ROOM_CHANNELS_MAX + 1)
  expect(subscribedRooms()).toEqual([idAt(3)])
  amIn(ROOM_CHANNELS_MAX)
  expect(subscribedRooms()).toHaveLength(ROOM_CHANNELS_MAX)
})

function amIn(count: number): void {
  const rooms = Array.from({ length: count }, (_, n) => room({ id: idAt(n) }))
  queryClient.setQueryData<Rooms>(ROOMS_KEY, roomsAt(5, ...rooms))
}

function changeRoom(n: number, fields: object): void {
  queryClient.setQueryData<Rooms>(ROOMS_KEY, (list) => ({
    ...list!,
    rooms: list!.rooms.map((room) => (room.id === idAt(n) ? { ...room, ...fields } : room)),
  }))
}

/** Opens a room, and leaves it. */
function open(roomId: string): void {
  show(roomId)()
}

/** Returns how to leave it. */
function show(roomId: string, { isLoading = false } = {}): () => void {
  if (!isLoading) queryClient.setQueryData(messagesKey(roomId), (held) => held ?? page())
  const options = { queryKey: messagesKey(roomId), queryFn: () => new Promise(() => undefined) }
  return new QueryObserver(queryClient, { ...options, staleTime: Infinity }).subscribe(
    () => undefined,
  )
}

function subscribedRooms(): string[] {
  return [...(names.at(-1) ?? [])]
    .map(parseChannel)
    .flatMap((channel) => (channel?.kind === 'room' ? [channel.roomId] : []))
    .toSorted()
}

function idsBetween(first: number, end: number): string[] {
  return Array.from({ length: end - first }, (_, n) => idAt(first + n))
}
