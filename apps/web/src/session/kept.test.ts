import { expect, test, vi } from 'vitest'
import { isOfAnother, keptIn } from './kept.ts'
import { memoryStorage } from './memory-storage.ts'

const PEOPLE = ['auth0|a', 'auth0|a/draft', 'auth0|a%2Fdraft', 'auth0', 'google-oauth2|1.2']

test('nobody finds what is kept for somebody else, even if one id begins with another', () => {
  const storage = memoryStorage()
  for (const person of PEOPLE) keptIn(() => storage, person).write('draft/general', `of ${person}`)
  for (const person of PEOPLE) {
    const kept = keptIn(() => storage, person)
    expect(kept.read('draft/general')).toBe(`of ${person}`)
    expect(kept.names('')).toEqual(['draft/general'])
  }
  expect(storage.length).toBe(PEOPLE.length)
  for (const person of PEOPLE) {
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
    expect(keys.filter((key) => !isOfAnother(key, person))).toHaveLength(1)
  }
})

test('in a browser without storage, the page keeps it in memory', () => {
  const kept = keptIn(() => {
    throw new DOMException('denied', 'SecurityError')
  }, 'auth0|a')
  kept.write('draft/general', 'text')
  expect(kept.read('draft/general')).toBe('text')
  expect(kept.names('draft/')).toEqual(['draft/general'])
  // And says that a reload would lose it.
  expect(kept.isStored()).toBe(false)
  kept.remove('draft/general')
  expect(kept.isStored()).toBe(true)
  expect(kept.read('draft/general')).toBeUndefined()
  expect(kept.names('')).toEqual([])
})

test('with the storage full, this page has the newest text and the next page the last that fitted', () => {
  const storage = memoryStorage()
  const kept = keptIn(() => storage, 'auth0|a')
  kept.write('draft/general', 'Half')
  vi.spyOn(storage, 'setItem').mockImplementationOnce(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  kept.write('draft/general', 'Half a thought')
  expect(kept.read('draft/general')).toBe('Half a thought')
  expect(kept.names('')).toEqual(['draft/general'])
  expect(keptIn(() => storage, 'auth0|a').read('draft/general')).toBe('Half')
  kept.write('draft/general', 'Half a thought more')
  expect(keptIn(() => storage, 'auth0|a').read('draft/general')).toBe('Half a thought more')
})

test('no text takes the space that signing in needs', () => {
  const storage = memoryStorage()
  const kept = keptIn(() => storage, 'auth0|a')
  const text = 'x'.repeat(1_000_000)
  kept.write('draft/general', text)
  expect(kept.read('draft/general')).toBe(text)
  expect(storage.length).toBe(0)
})
