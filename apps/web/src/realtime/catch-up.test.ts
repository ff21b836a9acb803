import { ProblemError, type Call } from '@conclave/shared/client'
import { PROBLEMS } from '@conclave/shared/problems'
import type { MessagePage } from '@conclave/shared/messages'
import type { Rooms } from '@conclave/shared/rooms'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { messagesKey } from '../features/messages/messages.keys.ts'
import { newerRooms } from '../features/rooms/newer-rooms.ts'
import { ROOMS_KEY } from '../features/rooms/rooms.keys.ts'
import { createCatchUp, type Place } from './catch-up.ts'
import { createFetchMissing } from './fetch-missing.ts'
import { DESIGN, GENERAL, message, page, room, roomsAt } from './world.ts'

describe('asking', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  test('what is asked for together is fetched together', async () => {
    const fetched: Place[][] = []
    const catchUp = open(async (places) => void fetched.push([...places]))
    catchUp.request('rooms')
    catchUp.request('people', 'rooms')
    expect(catchUp.isBehind()).toBe(true)
    await vi.advanceTimersByTimeAsync(100)
    expect(fetched).toEqual([['rooms', 'people']])
    expect(catchUp.isBehind()).toBe(false)
  })

  test('only one flight at a time, and what is asked meanwhile flies next', async () => {
    const flights: { places: Place[]; land: () => void }[] = []
    const catchUp = open(
      (places) => new Promise((resolve) => flights.push({ places: [...places], land: resolve })),
    )
    catchUp.request('rooms')
    await vi.advanceTimersByTimeAsync(100)
    catchUp.request('people')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(flights).toHaveLength(1)
    flights[0]?.land()
    await vi.advanceTimersByTimeAsync(100)
    expect(flights[1]?.places).toEqual(['people'])
    expect(catchUp.isBehind()).toBe(true)
  })

  test('asking without end makes neither a flight for each nor none', async () => {
    const fetchMissing = vi.fn<() => Promise<void>>().mockResolvedValue()
    const catchUp = open(fetchMissing)
    for (let event = 0; event < 1_200; event++) {
      catchUp.request('rooms')
      await vi.advanceTimersByTimeAsync(50)
    }
    // In a minute: twenty at once, then slower and slower to one in four seconds.
    expect(fetchMissing.mock.calls.length).toBeGreaterThan(30)
    expect(fetchMissing.mock.calls.length).toBeLessThan(40)

    await vi.advanceTimersByTimeAsync(15_000)
    const before = fetchMissing.mock.calls.length
    catchUp.request('rooms')
    await vi.advanceTimersByTimeAsync(100)
    expect(fetchMissing).toHaveBeenCalledTimes(before + 1)
  })

  test('a failure is tried again, and stays behind until it succeeds', async () => {
    const fetchMissing = vi
      .fn<() => Promise<void>>()
      .mockRejectedValueOnce(new TypeError('Failed to fetch'))
      .mockResolvedValue()
    const catchUp = open(fetchMissing)
    await catchUp.now('rooms')
    expect(catchUp.isBehind()).toBe(true)
    await vi.advanceTimersByTimeAsync(600)
    expect(fetchMissing).toHaveBeenCalledTimes(2)
    expect(catchUp.isBehind()).toBe(false)
  })
})

function open(fetchMissing: (places: ReadonlySet<Place>) => Promise<void>) {
  return createCatchUp({ fetchMissing, onChange: () => {} })
}

describe('fetching', () => {
  let queryClient: QueryClient
  beforeEach(() => {
    queryClient = new QueryClient()
    queryClient.setQueryData<Rooms>(ROOMS_KEY, roomsAt(5, room()))
    queryClient.setQueryData<MessagePage>(messagesKey(GENERAL), page(message(1)))
  })

  test('a loaded room that fell behind gets what it missed', async () => {
    const call = answering({
      '/v1/rooms': roomsAt(5, room({ rev: 3, lastSeq: 3 })),
      '/v1/rooms/:roomId/changes': {
        reset: false,
        rev: 3,
        lastSeq: 3,
        messages: [message(2), message(3)],
        members: [],
        left: [],
      },
    })
    await createFetchMissing({ call, queryClient })(new Set(['rooms', 'loaded'] as const))
    expect(seqs()).toEqual([1, 2, 3])
    expect(call).toHaveBeenCalledTimes(2)
  })

  test('too much missed loads the page anew', async () => {
    const call = answering({
      '/v1/rooms/:roomId': room({ rev: 900, lastSeq: 800 }),
      '/v1/rooms/:roomId/changes': { reset: true, rev: 900 },
      '/v1/rooms/:roomId/messages': page(message(800, { rev: 900 })),
    })
    await createFetchMissing({ call, queryClient })(new Set([`room:${GENERAL}`] as const))
    expect(seqs()).toEqual([800])
    expect(rooms()?.rooms[0]?.lastSeq).toBe(800)
  })

  test('nothing is kept of a room I was taken out of', async () => {
    const call = answering({ '/v1/rooms': roomsAt(6, room({ id: DESIGN })) })
    await createFetchMissing({ call, queryClient })(new Set([`room:${GENERAL}`] as const))
    expect(seqs()).toBeUndefined()
    expect(rooms()?.rooms.map(({ id }) => id)).toEqual([DESIGN])
  })

  test('an answer older than the events that came meanwhile takes nothing back', () => {
    const held = roomsAt(5, room({ rev: 9, lastSeq: 9, readSeq: 2 }))
    const fetched = roomsAt(6, room({ rev: 8, lastSeq: 8, readSeq: 3 }), room({ id: DESIGN }))
    expect(newerRooms(held, fetched)).toEqual(
      roomsAt(6, room({ rev: 9, lastSeq: 9, readSeq: 3 }), room({ id: DESIGN })),
    )
  })

  function seqs() {
    return queryClient
      .getQueryData<MessagePage>(messagesKey(GENERAL))
      ?.messages.map(({ seq }) => seq)
  }

  function rooms() {
    return queryClient.getQueryData<Rooms>(ROOMS_KEY)
  }
})

/** The api as a table of answers; whatever is not in it is a room that does not exist. */
function answering(answers: Record<string, unknown>) {
  return vi.fn<(endpoint: { path: string }) => Promise<unknown>>(async ({ path }) => {
    if (path in answers) return answers[path]
    const slug = 'room-not-found'
    throw new ProblemError(slug, { type: slug, ...PROBLEMS[slug], instance: '' })
  }) as unknown as Call
}
