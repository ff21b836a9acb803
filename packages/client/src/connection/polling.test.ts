import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { createPolling } from './polling.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const MINUTE_MS = 60_000

test('asks within three seconds, then slower and slower to twice a minute', async () => {
  const { asked, polling } = open()
  polling.start()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(asked()).toBe(1)
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  const before = asked()
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  expect(asked() - before).toBeGreaterThanOrEqual(20)
  expect(asked() - before).toBeLessThanOrEqual(28)
})

test('what came, or was written here, makes it quick again', async () => {
  const { asked, polling, answer } = open()
  polling.start()
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  answer(true)
  await vi.advanceTimersByTimeAsync(30_000)
  const before = asked()
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  expect(asked() - before).toBeGreaterThanOrEqual(20)
  answer(false)
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  polling.hurry()
  const slow = asked()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(asked() - slow).toBe(1)
})

test('an answer that fails or never comes makes no second question beside it', async () => {
  const { asked, polling, answer } = open()
  answer(new Error('away'))
  polling.start()
  await vi.advanceTimersByTimeAsync(20_000)
  expect(asked()).toBeGreaterThan(2)
  answer('never')
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  const before = asked()
  polling.hurry()
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  expect(asked()).toBe(before)
})

test('a page out of sight asks once in two minutes, and nobody asks beside a socket', async () => {
  const { asked, polling, hide } = open()
  hide()
  polling.start()
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  expect(asked()).toBeGreaterThanOrEqual(5)
  expect(asked()).toBeLessThanOrEqual(7)
  polling.stop()
  const before = asked()
  polling.hurry()
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  expect(asked()).toBe(before)
})

function open() {
  let asked = 0
  let isHidden = false
  let given: boolean | Error | 'never' = false
  const polling = createPolling({
    clock: nodeEnvironment.clock,
    poll: async () => {
      asked += 1
      if (given === 'never') return new Promise<never>(() => undefined)
      if (given instanceof Error) throw given
      return given
    },
    isHidden: () => isHidden,
  })
  return {
    polling,
    asked: () => asked,
    answer: (next: typeof given) => (given = next),
    hide: () => (isHidden = true),
  }
}
