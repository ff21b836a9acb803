import type { Place } from '../replica/my-streams.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { createCatchUp } from './catch-up.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('what is asked for together is fetched together', async () => {
  const fetched: Place[][] = []
  const catchUp = open(async (places) => void fetched.push([...places]))
  catchUp.request('person')
  catchUp.request('team', 'person')
  expect(catchUp.isBehind()).toBe(true)
  await vi.advanceTimersByTimeAsync(100)
  expect(fetched).toEqual([['person', 'team']])
  expect(catchUp.isBehind()).toBe(false)
})

test('only one flight at a time, and what is asked meanwhile flies next', async () => {
  const flights: { places: Place[]; land: () => void }[] = []
  const catchUp = open(
    (places) => new Promise((resolve) => flights.push({ places: [...places], land: resolve })),
  )
  catchUp.request('person')
  await vi.advanceTimersByTimeAsync(100)
  catchUp.request('team')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(flights).toHaveLength(1)
  flights[0]?.land()
  await vi.advanceTimersByTimeAsync(100)
  expect(flights[1]?.places).toEqual(['team'])
  expect(catchUp.isBehind()).toBe(true)
})

test('asking without end makes neither a flight for each nor none', async () => {
  const fetchMissing = vi.fn<() => Promise<void>>().mockResolvedValue()
  const catchUp = open(fetchMissing)
  for (let event = 0; event < 1_200; event++) {
    catchUp.request('person')
    await vi.advanceTimersByTimeAsync(50)
  }
  // In a minute: twenty at once, then slower and slower to one in four seconds.
  expect(fetchMissing.mock.calls.length).toBeGreaterThan(30)
  expect(fetchMissing.mock.calls.length).toBeLessThan(40)

  await vi.advanceTimersByTimeAsync(15_000)
  const before = fetchMissing.mock.calls.length
  catchUp.request('person')
  await vi.advanceTimersByTimeAsync(100)
  expect(fetchMissing).toHaveBeenCalledTimes(before + 1)
})

test('a failure is tried again, and stays behind until it succeeds', async () => {
  const fetchMissing = vi
    .fn<() => Promise<void>>()
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockResolvedValue()
  const catchUp = open(fetchMissing)
  await catchUp.now('person')
  expect(catchUp.isBehind()).toBe(true)
  await vi.advanceTimersByTimeAsync(600)
  expect(fetchMissing).toHaveBeenCalledTimes(2)
  expect(catchUp.isBehind()).toBe(false)
})
function open(fetchMissing: (places: ReadonlySet<Place>) => Promise<void>) {
  return createCatchUp({ clock: nodeEnvironment.clock, fetchMissing, onChange: () => {} })
}
