import { QueryClient } from '@tanstack/react-query'
import { beforeEach, afterEach, expect, test, vi } from 'vitest'
import { keptIn } from '../session/kept.ts'
import { memoryStorage } from '../session/memory-storage.ts'
import { createQuiet } from './quiet.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('a hidden page is quiet at once, a visible one after five minutes without input', () => {
  const { isQuiet, page } = open()
  expect(isQuiet()).toBe(false)
  page.hidden = true
  expect(isQuiet()).toBe(true)
  page.hidden = false
  vi.advanceTimersByTime(299_000)
  page.dispatchEvent(new Event('pointermove'))
  vi.advanceTimersByTime(299_000)
  expect(isQuiet()).toBe(false)
  vi.advanceTimersByTime(1_000)
  expect(isQuiet()).toBe(true)
})

test('a page is not quiet while there is text in a field, or a dialog', () => {
  const { isQuiet, page } = open({ hidden: true })
  page.fields = [{ value: '' }, { value: 'Half a word' }]
  expect(isQuiet()).toBe(false)
  page.fields = [{ value: '' }]
  expect(isQuiet()).toBe(true)
  page.dialog = {}
  expect(isQuiet()).toBe(false)
})

test('a page is not quiet while a message waits to be sent, or a request is running', async () => {
  const { isQuiet, kept, queryClient } = open({ hidden: true })
  kept.browser.write('waiting/000000000001/id', '{}')
  expect(isQuiet()).toBe(false)
  kept.browser.remove('waiting/000000000001/id')
  expect(isQuiet()).toBe(true)

  const { promise, resolve } = Promise.withResolvers<void>()
  const sent = queryClient
    .getMutationCache()
    .build(queryClient, { mutationFn: () => promise })
    .execute(undefined)
  expect(isQuiet()).toBe(false)
  resolve()
  await sent
  expect(isQuiet()).toBe(true)
})

test('a page is not quiet while only it has a draft, because the browser’s storage is full', () => {
  const { isQuiet, kept, storage } = open({ hidden: true })
  vi.spyOn(storage, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  kept.tab.write('draft/general', 'Nowhere to put it')
  expect(isQuiet()).toBe(false)
  kept.tab.remove('draft/general')
  expect(isQuiet()).toBe(true)
})

class FakePage extends EventTarget {
  hidden = false
  fields: { value: string }[] = []
  dialog: object | null = null
  querySelectorAll = () => this.fields
  querySelector = () => this.dialog
}

function open({ hidden = false } = {}) {
  const storage = memoryStorage()
  const kept = {
    tab: keptIn(() => storage, 'auth0|alice'),
    browser: keptIn(memoryOnce(), 'auth0|alice'),
  }
  const queryClient = new QueryClient()
  const page = Object.assign(new FakePage(), { hidden })
  const isQuiet = createQuiet({
    queryClient,
    kept,
    page: page as unknown as Document,
    signal: new AbortController().signal,
  })
  return { isQuiet, page, kept, queryClient, storage }
}

function memoryOnce(): () => Storage {
  const storage = memoryStorage()
  return () => storage
}
