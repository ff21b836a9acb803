import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { createPace } from './pace.ts'

const { clock } = nodeEnvironment

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('the first times have no wait, then the wait doubles up to a limit', () => {
  const pace = createPace({ clock, free: 2, firstMs: 1_000, maxMs: 3_000, quietMs: 60_000 })
  const waits = Array.from({ length: 6 }, () => {
    const wait = pace.waitMs('a')
    vi.advanceTimersByTime(wait)
    pace.count('a')
    return wait
  })
  expect(waits).toEqual([0, 0, 1_000, 2_000, 3_000, 3_000])
  expect(pace.waitMs('b')).toBe(0)
})

test('time that has passed counts, and after a quiet period there is no wait again', () => {
  const pace = createPace({ clock, free: 1, firstMs: 1_000, maxMs: 3_000, quietMs: 10_000 })
  pace.count('a')
  vi.advanceTimersByTime(400)
  expect(pace.waitMs('a')).toBe(600)
  vi.advanceTimersByTime(10_000)
  pace.count('a')
  expect(pace.waitMs('a')).toBe(1_000)
  pace.forget()
  expect(pace.waitMs('a')).toBe(0)
})

test('a system clock that is set back delays nothing', () => {
  const pace = createPace({ clock, free: 1, firstMs: 1_000, maxMs: 4_000, quietMs: 10_000 })
  pace.count('flight')
  vi.setSystemTime(Date.now() - 30 * 60_000)
  expect(pace.waitMs('flight')).toBe(1_000)
  vi.advanceTimersByTime(1_000)
  expect(pace.waitMs('flight')).toBe(0)
})
