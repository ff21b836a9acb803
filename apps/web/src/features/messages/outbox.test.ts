import { ProblemError, type Call } from '@conclave/shared/client'
import type { Message, MessagePage, PostMessage } from '@conclave/shared/messages'
import { PROBLEMS, type ProblemSlug } from '@conclave/shared/problems'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { GENERAL, message, page } from '../../realtime/world.ts'
import { messagesKey, pendingKey } from './messages.keys.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { PendingMessage } from './pending.ts'

let queryClient: QueryClient
let outbox: Outbox
let online: boolean
/** What the server does with the next posts; after these it stores them. */
let failures: unknown[]
let posted: string[]
let rev: number
const catchUpRoom = vi.fn<(roomId: string) => void>()

beforeEach(() => {
  vi.useFakeTimers()
  queryClient = new QueryClient()
  online = true
  failures = []
  posted = []
  rev = 1
  catchUpRoom.mockClear()
  queryClient.setQueryData<MessagePage>(messagesKey(GENERAL), page(message(1)))
  outbox = createOutbox({
    call: post as unknown as Call,
    queryClient,
    catchUpRoom,
    isOnline: () => online,
  })
  outbox.open()
})
afterEach(() => vi.useRealTimers())

test('messages go out one at a time, in order, and end in the page', async () => {
  outbox.send(GENERAL, 'one')
  outbox.send(GENERAL, 'two')
  expect(pending().map(({ text, state }) => `${text} ${state}`)).toEqual([
    'one sending',
    'two sending',
  ])
  await vi.advanceTimersByTimeAsync(0)
  expect(posted).toEqual(['one', 'two'])
  expect(shown()).toEqual(['message 1', 'one', 'two'])
  expect(pending()).toEqual([])
})

test('a lost answer is asked for again with the same id', async () => {
  failures = [new TypeError('Failed to fetch')]
  outbox.send(GENERAL, 'one')
  const [before] = pending()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(posted).toEqual(['one', 'one'])
  expect(page_().messages.at(-1)?.id).toBe(before?.id)
})

test('who writes faster than a person may sees how long it waits, and it goes out then', async () => {
  const problem = { type: '/problems/slow-down', title: '', status: 429, instance: '' }
  failures = [new ProblemError('slow-down', problem, 6)]
  outbox.send(GENERAL, 'fast')
  await vi.advanceTimersByTimeAsync(5_900)
  expect(pending()).toMatchObject([{ text: 'fast', state: 'sending', waitSeconds: 6 }])
  expect(posted).toEqual(['fast'])
  await vi.advanceTimersByTimeAsync(200)
  expect(posted).toEqual(['fast', 'fast'])
  expect(shown()).toEqual(['message 1', 'fast'])
})

test('the second waits for the first, however long that takes', async () => {
  failures = [problem('unavailable'), problem('slow-down', 2)]
  outbox.send(GENERAL, 'one')
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(1_500)
  expect(posted).toEqual(['one', 'one'])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(shown()).toEqual(['message 1', 'one', 'two'])
})

test('a refusal fails at once and lets the next go', async () => {
  failures = [problem('message-too-long')]
  outbox.send(GENERAL, 'one')
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(0)
  expect(pending()).toMatchObject([
    { text: 'one', state: 'failed', reason: 'This message is too long.' },
  ])
  expect(shown()).toEqual(['message 1', 'two'])
})

test('after twenty seconds it fails, and a new connection sends it in order', async () => {
  failures = Array.from({ length: 40 }, () => new TypeError('Failed to fetch'))
  outbox.send(GENERAL, 'one')
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(15_000)
  expect(pending().map(({ state }) => state)).toEqual(['sending', 'sending'])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(pending().map(({ state }) => state)).toEqual(['failed', 'failed'])
  failures = []
  outbox.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual(['message 1', 'one', 'two'])
})

test('offline, messages wait for as long as it takes', async () => {
  online = false
  failures = [new TypeError('Failed to fetch')]
  outbox.send(GENERAL, 'one')
  await vi.advanceTimersByTimeAsync(120_000)
  expect(pending().map(({ state }) => state)).toEqual(['sending'])
  expect(posted).toHaveLength(1)
  online = true
  outbox.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual(['message 1', 'one'])
})

test('an answer that is not next waits in its place for its event', async () => {
  rev = 5
  outbox.send(GENERAL, 'one')
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual(['message 1'])
  expect(pending()).toMatchObject([{ text: 'one', state: 'sending' }])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(catchUpRoom).toHaveBeenCalledWith(GENERAL)
  const [waiting] = pending()
  queryClient.setQueryData(
    messagesKey(GENERAL),
    page(message(1), message(6, { id: waiting!.id, text: 'one' })),
  )
  expect(pending()).toEqual([])
  expect(posted).toEqual(['one'])
})

test('what failed can be tried again or discarded', async () => {
  failures = [problem('room-archived'), problem('room-archived')]
  outbox.send(GENERAL, 'one')
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(0)
  const [one, two] = pending()
  outbox.discard(GENERAL, one!.id)
  outbox.retry(GENERAL, two!.id)
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual(['message 1', 'two'])
  expect(pending()).toEqual([])
})

async function post(_: unknown, input: { body: PostMessage }): Promise<Message> {
  posted.push(input.body.text)
  await Promise.resolve()
  if (failures.length > 0) throw failures.shift()
  rev += 1
  return message(rev, { ...input.body, rev })
}

function problem(slug: ProblemSlug, retryAfterSeconds?: number): ProblemError {
  return new ProblemError(slug, { type: slug, ...PROBLEMS[slug], instance: '' }, retryAfterSeconds)
}

function pending() {
  return queryClient.getQueryData<PendingMessage[]>(pendingKey(GENERAL)) ?? []
}

function page_() {
  return queryClient.getQueryData<MessagePage>(messagesKey(GENERAL))!
}

function shown() {
  return page_().messages.map(({ text }) => text)
}
