import type { Target } from '../replica/my-streams.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { createCatchUp } from './catch-up.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('targets requested at the same time are fetched together', async () => {
  const fetched: Target[][] = []
  const catchUp = open(async (targets) => void fetched.push([...targets]))
  catchUp.request('person')
  catchUp.request('team', 'person')
  expect(catchUp.isBehind()).toBe(true)
  await vi.advanceTimersByTimeAsync(100)
  expect(fetched).toEqual([['person', 'team']])
  expect(catchUp.isBehind()).toBe(false)
})

test('only one fetch runs at a time, and targets requested during it are fetched next', async () => {
  const fetches: { targets: Target[]; finish: () => void }[] = []
  const catchUp = open(
    (targets) => new Promise((resolve) => fetches.push({ targets: [...targets], finish: resolve })),
  )
  catchUp.request('person')
  await vi.advanceTimersByTimeAsync(100)
  catchUp.request('team')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(fetches).toHaveLength(1)
  fetches[0]?.finish()
  await vi.advanceTimersByTimeAsync(100)
  expect(fetches[1]?.targets).toEqual(['team'])
  expect(catchUp.isBehind()).toBe(true)
})

test('endless requests neither cause one fetch each nor prevent fetching', async () => {
  const fetchMissing = vi.fn<() => Promise<void>>().mockResolvedValue()
  const catchUp = open(fetchMissing)
  for (let event = 0; event < 1_200; event++) {
    catchUp.request('person')
    await vi.advanceTimersByTimeAsync(50)
  }
  // In a minute: twenty at once, then with growing waits, up to four seconds.
  expect(fetchMissing.mock.calls.length).toBeGreaterThan(30)
  expect(fetchMissing.mock.calls.length).toBeLessThan(40)

  await vi.advanceTimersByTimeAsync(15_000)
  const before = fetchMissing.mock.calls.length
  catchUp.request('person')
  await vi.advanceTimersByTimeAsync(100)
  expect(fetchMissing).toHaveBeenCalledTimes(before + 1)
})

test('a failed fetch is retried, and the client counts as behind until it succeeds', async () => {
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
function open(fetchMissing: (targets: ReadonlySet<Target>) => Promise<void>) {
  return createCatchUp({ clock: nodeEnvironment.clock, fetchMissing, onChange: () => {} })
}
