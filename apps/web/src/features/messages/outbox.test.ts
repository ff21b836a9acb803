import { messagesKey, pendingKey } from '@conclave/client/keys/messages.keys'
import { message, page } from '@conclave/client/replica/replica.examples'
import { ProblemError, type Call } from '@conclave/shared/client'
import type { Message, MessagePage, PostMessage } from '@conclave/shared/messages'
import { PROBLEMS, type ProblemSlug } from '@conclave/shared/problems'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { GENERAL } from '@conclave/shared/examples'
import { memoryStorage } from '../../session/memory-storage.ts'
import { keptIn } from '../../session/kept.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { PendingMessage } from './pending.ts'
import { createWaiting } from './waiting.ts'

let queryClient: QueryClient
let outbox: Outbox
let online: boolean
/** How the server fails the next posts; after these it stores them. */
let failures: unknown[]
let posted: string[]
let rev: number
/** The messages it has stored. */
let saved: Message[]
/** The open pages of a test, and the storage that they share. */
let storage: Storage
let pages: (() => void)[]
let tabs: EventTarget
const catchUpRoom = vi.fn<(roomId: string) => void>()

beforeEach(async () => {
  vi.useFakeTimers()
  storage = memoryStorage()
  pages = []
  tabs = new EventTarget()
  online = true
  failures = []
  posted = []
  rev = 1
  saved = []
  catchUpRoom.mockClear()
  await openPage('alice')
})
afterEach(() => {
  for (const close of pages) close()
  vi.useRealTimers()
})

test('messages are sent one at a time, in order, and end up in the page', async () => {
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

test('a lost answer is retried with the same id', async () => {
  failures = [new TypeError('Failed to fetch')]
  outbox.send(GENERAL, 'one')
  const [before] = pending()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(posted).toEqual(['one', 'one'])
  expect(page_().messages.at(-1)?.id).toBe(before?.id)
})

test('somebody over the limit sees how long the message waits, and it is sent then', async () => {
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

test('a refused message fails at once, and the next is sent', async () => {
  failures = [problem('message-too-long')]
  outbox.send(GENERAL, 'one')
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(0)
  expect(pending()).toMatchObject([
    { text: 'one', state: 'failed', reason: 'The message is too long' },
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

test('a stored message waits for one before it that was never told, whatever its revision', async () => {
  queryClient.setQueryData(messagesKey(GENERAL), { ...page(), rev: 1 })
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual([])
  expect(pending()).toMatchObject([{ text: 'two', state: 'sending' }])
  await vi.advanceTimersByTimeAsync(2_000)
  expect(catchUpRoom).toHaveBeenCalledWith(GENERAL)
})

test('a stored message that is not next waits for its event', async () => {
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

test('after a reload, waiting messages are sent with the same ids, in the same order', async () => {
  online = false
  failures = [new TypeError('Failed to fetch')]
  outbox.send(GENERAL, 'one')
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(1_000)
  const before = pending().map(({ id }) => id)
  expect(posted).toEqual(['one'])

  online = true
  await reload('alice')
  outbox.send(GENERAL, 'three')
  await vi.advanceTimersByTimeAsync(0)
  expect(posted).toEqual(['one', 'one', 'two', 'three'])
  expect(shown()).toEqual(['message 1', 'one', 'two', 'three'])
  expect(
    page_()
      .messages.slice(1, 3)
      .map(({ id }) => id),
  ).toEqual(before)
  expect(storage.length).toBe(0)
})

test('C10: a reply still answers what it did after a reload, and after it was refused and retried', async () => {
  const original = message(1).id
  online = false
  failures = [new TypeError('Failed to fetch')]
  outbox.send(GENERAL, 'one', original)
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(pending()).toMatchObject([{ text: 'one', replyTo: original }, { text: 'two' }])
  online = true
  failures = [problem('message-too-long')]
  await reload('alice')
  await vi.advanceTimersByTimeAsync(0)
  await reload('alice')
  expect(pending()).toMatchObject([{ text: 'one', replyTo: original, state: 'failed' }])
  outbox.retry(GENERAL, pending()[0]!.id)
  await vi.advanceTimersByTimeAsync(0)
  expect(saved).toMatchObject([{ text: 'two' }, { text: 'one', replyTo: original }])
  expect(saved[0]).not.toHaveProperty('replyTo')
})

test('when a session ends, its messages wait for their author, and for nobody else', async () => {
  failures = [problem('not-signed-in')]
  outbox.send(GENERAL, 'one')
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(posted).toEqual(['one'])
  expect(pending().map(({ state }) => state)).toEqual(['sending', 'sending'])

  await reload('bob')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(pending()).toEqual([])
  expect(posted).toEqual(['one'])

  await reload('alice')
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual(['message 1', 'one', 'two'])
})

test('a refused message is still refused after a reload, and not retried by itself', async () => {
  failures = [problem('room-archived')]
  outbox.send(GENERAL, 'one')
  await vi.advanceTimersByTimeAsync(0)
  await reload('alice')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(posted).toEqual(['one'])
  expect(pending()).toMatchObject([{ text: 'one', state: 'failed', transient: false }])
  outbox.retry(GENERAL, pending()[0]!.id)
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual(['message 1', 'one'])
})

test('two tabs send their messages once; when one closes, the other takes over', async () => {
  online = false
  failures = [new TypeError('Failed to fetch')]
  outbox.send(GENERAL, 'one')
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(0)
  const [closeFirst] = pages

  const first = queryClient
  await openPage('alice')
  await vi.advanceTimersByTimeAsync(0)
  expect(pending()).toEqual([])
  expect(posted).toEqual(['one'])

  online = true
  first.clear()
  closeFirst!()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(posted).toEqual(['one', 'one', 'two'])
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual(['message 1', 'one', 'two'])
})

test('what another tab wrote earlier is sent before mine, and once', async () => {
  online = false
  failures = [new TypeError('Failed to fetch')]
  outbox.send(GENERAL, 'one')
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(0)
  const first = outbox
  online = true
  await openPage('alice')
  outbox.send(GENERAL, 'three')
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual(['message 1', 'one', 'two', 'three'])
  first.wake()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(saved.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
  expect(storage.length).toBe(0)
})

test('a message discarded in one tab is not sent by another', async () => {
  online = false
  failures = [new TypeError('Failed to fetch'), new TypeError('Failed to fetch')]
  outbox.send(GENERAL, 'one')
  await vi.advanceTimersByTimeAsync(0)
  const first = { outbox, id: pending()[0]!.id }
  await openPage('alice')
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(0)
  expect(pending().map(({ text }) => text)).toEqual(['one', 'two'])
  const key = storage.key(0)
  const oldValue = storage.getItem(key!)
  first.outbox.discard(GENERAL, first.id)
  // The browser sends this event to every page but the one that made the change.
  tabs.dispatchEvent(Object.assign(new Event('storage'), { key, oldValue, newValue: null }))
  online = true
  outbox.wake()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(saved.map(({ text }) => text)).toEqual(['two'])
})

test('with the clock set back, earlier messages are still sent first', async () => {
  online = false
  failures = [new TypeError('Failed to fetch')]
  outbox.send(GENERAL, 'one')
  await vi.advanceTimersByTimeAsync(0)
  vi.setSystemTime(Date.now() - 1_800_000)
  await reload('alice')
  failures = [new TypeError('Failed to fetch')]
  outbox.send(GENERAL, 'two')
  await vi.advanceTimersByTimeAsync(0)
  online = true
  await reload('alice')
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual(['message 1', 'one', 'two'])
})

test('foreign entries in the storage are ignored', async () => {
  const kept = keptIn(() => storage, 'alice')
  for (const text of ['', '{', 'null', '[]', '{"page":1}', '{"page":"a","roomId":"b","text":"c"}'])
    kept.write(`waiting/${text.length}/x`, text)
  await reload('alice')
  outbox.send(GENERAL, 'one')
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toEqual(['message 1', 'one'])
})

/** A new page of this person in this browser. */
async function openPage(subject: string): Promise<void> {
  queryClient = new QueryClient()
  queryClient.setQueryData<MessagePage>(messagesKey(GENERAL), page(message(1), ...saved))
  const waiting = createWaiting({
    kept: keptIn(() => storage, subject),
    locks: navigator.locks,
    pages: tabs,
    page: crypto.randomUUID(),
  })
  outbox = createOutbox({
    call: post as unknown as Call,
    queryClient,
    waiting,
    catchUpRoom,
    isOnline: () => online,
  })
  pages.push(outbox.open())
  await waiting.ready()
}

async function reload(subject: string): Promise<void> {
  // The page's memory goes with it, so nothing is sent from it any more.
  queryClient.clear()
  for (const close of pages) close()
  await openPage(subject)
}

async function post(_: unknown, input: { body: PostMessage }): Promise<Message> {
  posted.push(input.body.text)
  await Promise.resolve()
  if (failures.length > 0) throw failures.shift()
  const repeated = saved.find(({ id }) => id === input.body.id)
  if (repeated) return repeated
  rev += 1
  const stored = message(rev, { ...input.body, rev })
  saved.push(stored)
  return stored
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
