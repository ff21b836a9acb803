import { expect, test } from 'vitest'
import { isOfAnother, keptIn } from './kept.ts'
import { memoryStorage } from './memory-storage.ts'

const PEOPLE = ['auth0|a', 'auth0|a/draft', 'auth0|a%2Fdraft', 'auth0', 'google-oauth2|1.2']

test('nobody finds what is kept for somebody else, whatever their ids begin with', () => {
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

test('a browser that keeps nothing is no error, and says so', () => {
  const kept = keptIn(() => {
    throw new DOMException('denied', 'SecurityError')
  }, 'auth0|a')
  expect(kept.write('draft/general', 'text')).toBe(false)
  expect(kept.read('draft/general')).toBeUndefined()
  expect(kept.names('')).toEqual([])
  kept.remove('draft/general')
})
