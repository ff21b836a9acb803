import { ProblemError, type Call } from '@conclave/shared/client'
import { ALICE, GENERAL } from '@conclave/shared/examples'
import { PROBLEMS } from '@conclave/shared/problems'
import type { MessagePage } from '@conclave/shared/messages'
import type { Rooms } from '@conclave/shared/rooms'
import { QueryClient } from '@tanstack/query-core'
import { beforeEach, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { messagesKey } from '../keys/messages.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { newerRooms } from '../parts/merge-rooms.ts'
import { createPeopleLoader } from '../people/people-loader.ts'
import { DESIGN, lookAt, message, page, room, roomsAt } from './replica.examples.ts'
import { createReplica } from './replica.ts'
import type { Target } from './my-streams.ts'

let queryClient: QueryClient
beforeEach(() => {
  queryClient = new QueryClient()
  queryClient.setQueryData<Rooms>(ROOMS_KEY, roomsAt(5, room()))
  queryClient.setQueryData<MessagePage>(messagesKey(GENERAL), page(message(1)))
})

test('a loaded room that is behind is caught up', async () => {
  const call = answering({
    '/v1/look': lookAt(5, room({ rev: 3, lastSeq: 3 })),
    '/v1/rooms/:roomId/changes': {
      reset: false,
      rev: 3,
      lastSeq: 3,
      messages: [message(2), message(3)],
      members: [],
      left: [],
    },
  })
  await fetchMissing(call, new Set(['person', 'loaded'] as const))
  expect(seqs()).toEqual([1, 2, 3])
  expect(call).toHaveBeenCalledTimes(2)
})

test('after too many missed changes the page is loaded again', async () => {
  const call = answering({
    '/v1/rooms/:roomId': room({ rev: 900, lastSeq: 800 }),
    '/v1/rooms/:roomId/changes': { reset: true, rev: 900 },
    '/v1/rooms/:roomId/messages': page(message(800, { rev: 900 })),
  })
  await fetchMissing(call, new Set([`room:${GENERAL}`] as const))
  expect(seqs()).toEqual([800])
  expect(rooms()?.rooms[0]?.lastSeq).toBe(800)
})

test('a room I was taken out of is removed from the cache', async () => {
  const call = answering({ '/v1/look': lookAt(6, room({ id: DESIGN })) })
  await fetchMissing(call, new Set([`room:${GENERAL}`] as const))
  expect(seqs()).toBeUndefined()
  expect(rooms()?.rooms.map(({ id }) => id)).toEqual([DESIGN])
})

test('an answer older than events that arrived during the request undoes nothing', () => {
  const current = roomsAt(5, room({ rev: 9, lastSeq: 9, readSeq: 2 }))
  const fetched = roomsAt(6, room({ rev: 8, lastSeq: 8, readSeq: 3 }), room({ id: DESIGN }))
  expect(newerRooms(current, fetched)).toEqual(
    roomsAt(6, room({ rev: 9, lastSeq: 9, readSeq: 3 }), room({ id: DESIGN })),
  )
})

function seqs() {
  return queryClient.getQueryData<MessagePage>(messagesKey(GENERAL))?.messages.map(({ seq }) => seq)
}

function rooms() {
  return queryClient.getQueryData<Rooms>(ROOMS_KEY)
}
/** The api as a table of answers; any other path answers that the room does not exist. */
function answering(answers: Record<string, unknown>) {
  return vi.fn<(endpoint: { path: string }) => Promise<unknown>>(async ({ path }) => {
    if (path in answers) return answers[path]
    const slug = 'room-not-found'
    throw new ProblemError(slug, { type: slug, ...PROBLEMS[slug], instance: '' })
  }) as unknown as Call
}

function fetchMissing(call: Call, targets: ReadonlySet<Target>): Promise<void> {
  return createReplica({
    call,
    queryClient,
    people: createPeopleLoader({ call, queryClient }),
    environment: nodeEnvironment,
    myId: ALICE,
    resync: () => undefined,
  }).fetchMissing(targets)
}
