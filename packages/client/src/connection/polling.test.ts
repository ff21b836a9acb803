import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { createPolling } from './polling.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const MINUTE_MS = 60_000

test('polls within three seconds, then with growing waits up to half a minute', async () => {
  const { polls, polling } = open()
  polling.start()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(polls()).toBe(1)
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  const before = polls()
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  expect(polls() - before).toBeGreaterThanOrEqual(20)
  expect(polls() - before).toBeLessThanOrEqual(28)
})

test('an answer with news, or a message written here, shortens the wait again', async () => {
  const { polls, polling, answer } = open()
  polling.start()
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  answer(true)
  await vi.advanceTimersByTimeAsync(30_000)
  const before = polls()
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  expect(polls() - before).toBeGreaterThanOrEqual(20)
  answer(false)
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  polling.hurry()
  const slow = polls()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(polls() - slow).toBe(1)
})

test('a failed or missing answer never causes two requests at once', async () => {
  const { polls, polling, answer } = open()
  answer(new Error('away'))
  polling.start()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(polls()).toBeGreaterThan(2)
  answer('never')
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  const before = polls()
  polling.hurry()
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  expect(polls()).toBe(before)
})

test('a hidden page polls once in two minutes, and none polls while it has a socket', async () => {
  const { polls, polling, hide } = open()
  hide()
  polling.start()
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  expect(polls()).toBeGreaterThanOrEqual(5)
  expect(polls()).toBeLessThanOrEqual(7)
  polling.stop()
  const before = polls()
  polling.hurry()
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  expect(polls()).toBe(before)
})

function open() {
  let polls = 0
  let isHidden = false
  let outcome: boolean | Error | 'never' = false
  const polling = createPolling({
    clock: nodeEnvironment.clock,
    health: { check: async () => undefined },
    poll: async () => {
      polls += 1
      if (outcome === 'never') return new Promise<never>(() => undefined)
      if (outcome instanceof Error) throw outcome
      return outcome
    },
    isHidden: () => isHidden,
  })
  return {
    polling,
    polls: () => polls,
    answer: (next: typeof outcome) => (outcome = next),
    hide: () => (isHidden = true),
  }
}
