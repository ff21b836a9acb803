import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ServedBuild } from '../server/served-build.ts'
import { memoryStorage } from '../session/memory-storage.ts'
import { lookForBuild } from './look-for-build.ts'
import { reloadedFor } from './reloaded-for.ts'

const NEXT = { is: 'another', build: '/assets/next.js' } as const
const AFTER_NEXT = { is: 'another', build: '/assets/after-next.js' } as const

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('another build is reported at once, and the page reloads for it once nothing is being written', async () => {
  const page = openPage({ served: NEXT })
  await pass('10 s')
  expect(page.found).toEqual([true])
  expect(page.reloads).toBe(0)
  page.isQuiet = true
  await pass('10 s')
  expect(page.reloads).toBe(1)
})

test('while the server has the same build, nothing is reloaded, and it is checked less and less often', async () => {
  const page = openPage({ served: { is: 'this' }, isQuiet: true })
  await pass('10 min')
  const asked = page.asked
  expect(page.found.at(-1)).toBe(false)
  expect(asked).toBeLessThan(10)
  await pass('10 min')
  expect(page.asked - asked).toBeLessThanOrEqual(3)
  expect(page.reloads).toBe(0)
  page.served = NEXT
  await pass('6 min')
  expect([page.found.at(-1), page.reloads]).toEqual([true, 1])
})

test('a server that keeps sending the old page does not cause endless reloads', async () => {
  const storage = memoryStorage()
  const before = openPage({ served: NEXT, isQuiet: true, storage })
  await pass('10 s')
  expect(before.reloads).toBe(1)
  before.close()
  const after = openPage({ served: NEXT, isQuiet: true, storage })
  await pass('1 h')
  expect([after.found, after.reloads]).toEqual([[true], 0])
  // A later build causes another reload.
  after.served = AFTER_NEXT
  await pass('10 min')
  expect(after.reloads).toBe(1)
})

test('two servers with different builds cause one reload for each, and no more', async () => {
  const storage = memoryStorage()
  let reloads = 0
  for (let life = 0; life < 10; life++) {
    const page = openPage({ served: life % 2 === 0 ? NEXT : AFTER_NEXT, isQuiet: true, storage })
    await pass('10 min')
    reloads += page.reloads
    page.close()
  }
  expect(reloads).toBe(2)
})

test('without storage the page reloads only by hand', async () => {
  const page = openPage({ served: NEXT, isQuiet: true, storage: undefined })
  await pass('1 h')
  expect([page.found, page.reloads]).toEqual([[true], 0])
})

test('the page does not reload while the web server is down, because it would be lost', async () => {
  const page = openPage({ served: NEXT })
  await pass('10 s')
  page.served = { is: 'away' }
  page.isQuiet = true
  await pass('1 h')
  expect([page.found, page.reloads]).toEqual([[true], 0])
  page.served = NEXT
  await pass('6 min')
  expect(page.reloads).toBe(1)
})

function openPage(options: {
  served: ServedBuild
  isQuiet?: boolean
  storage?: Storage | undefined
}) {
  const storage = 'storage' in options ? options.storage : memoryStorage()
  const stop = new AbortController()
  const page = {
    served: options.served,
    isQuiet: options.isQuiet ?? false,
    found: [] as boolean[],
    asked: 0,
    reloads: 0,
    close: () => stop.abort(),
  }
  lookForBuild({
    served: async () => {
      page.asked += 1
      return page.served
    },
    found: (hasAnother) => {
      if (hasAnother !== page.found.at(-1)) page.found.push(hasAnother)
    },
    isQuiet: () => page.isQuiet,
    reloaded: reloadedFor(() => {
      if (!storage) throw new DOMException('denied', 'SecurityError')
      return storage
    }),
    reload: () => (page.reloads += 1),
    signal: stop.signal,
  })
  return page
}

async function pass(time: `${number} ${'s' | 'min' | 'h'}`): Promise<void> {
  const [count, unit] = time.split(' ') as [string, 's' | 'min' | 'h']
  await vi.advanceTimersByTimeAsync(Number(count) * { s: 1_000, min: 60_000, h: 3_600_000 }[unit])
}
