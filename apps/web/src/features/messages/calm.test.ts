import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCalm } from './calm.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('rows are completed once nothing moves any more, a few at a time', () => {
  const calm = createCalm()
  let completed = 0
  for (let row = 0; row < 40; row += 1) calm.wait(() => (completed += 1))
  for (let frame = 0; frame < 30; frame += 1) {
    vi.advanceTimersByTime(50)
    calm.disturb()
  }
  expect(completed).toBe(0)

  const steps: number[] = []
  while (vi.getTimerCount() > 0) {
    const before = completed
    vi.advanceTimersToNextTimer()
    steps.push(completed - before)
  }
  expect(completed).toBe(40)
  expect(Math.max(...steps)).toBeLessThan(12)
})

test('where messages never stop arriving, rows are completed all the same', () => {
  const calm = createCalm()
  const first = vi.fn<() => void>()
  calm.wait(first)
  for (let message = 0; message < 10; message += 1) {
    vi.advanceTimersByTime(20)
    calm.wait(() => undefined)
  }
  expect(first).toHaveBeenCalledOnce()
})

test('a row that is unmounted waits no longer', () => {
  const calm = createCalm()
  const gone = vi.fn<() => void>()
  const stays = vi.fn<() => void>()
  const stop = calm.wait(gone)
  calm.wait(stays)
  stop()
  vi.advanceTimersByTime(1_000)
  expect(gone).not.toHaveBeenCalled()
  expect(stays).toHaveBeenCalledOnce()
})

test('whoever comes when all is done is served as well', () => {
  const calm = createCalm()
  calm.wait(() => undefined)
  vi.advanceTimersByTime(1_000)
  const late = vi.fn<() => void>()
  calm.wait(late)
  vi.advanceTimersByTime(1_000)
  expect(late).toHaveBeenCalledOnce()
})

test('a row that comes alone while it is calm is complete at once, and of many only the first', () => {
  const calm = createCalm()
  vi.advanceTimersByTime(1_000)
  expect(calm.isNow()).toBe(true)
  vi.advanceTimersByTime(1_000)
  const many = Array.from({ length: 20 }, () => calm.isNow())
  expect(many.filter(Boolean)).toHaveLength(2)
  vi.advanceTimersByTime(1_000)
  calm.disturb()
  expect(calm.isNow()).toBe(false)
  vi.advanceTimersByTime(1_000)
  expect(calm.isNow()).toBe(true)
})
