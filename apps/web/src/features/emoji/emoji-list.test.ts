import { isEmoji } from '@conclave/shared/reactions'
import { beforeAll, expect, test } from 'vitest'
import { findEmoji, loadEmoji, type Emoji } from './emoji-list.ts'

let list: readonly Emoji[]

beforeAll(async () => {
  list = await loadEmoji()
})

test('D6: every emoji that is offered is one that the server takes as a reaction', () => {
  expect(list.length).toBeGreaterThan(1_800)
  expect(list.filter(({ emoji }) => !isEmoji(emoji)).map(({ emoji }) => emoji)).toEqual([])
  expect(new Set(list.map(({ emoji }) => emoji)).size).toBe(list.length)
})

test.each([
  ['tad', '🎉'],
  ['tada', '🎉'],
  [':tada:', '🎉'],
  ['+1', '👍'],
  ['thumbsup', '👍'],
  ['TADA', '🎉'],
  ['heart', '❤️'],
  ['rocket', '🚀'],
  ['popper', '🎉'],
])('D6: %s suggests %s', (search, emoji) => {
  expect(findEmoji(list, search, 8).map((one) => one.emoji)).toContain(emoji)
})

test('D6: the very word comes first, and what is like nothing finds nothing', () => {
  expect(findEmoji(list, 'tad', 1)[0]?.emoji).toBe('🎉')
  expect(findEmoji(list, 'heart', 1)[0]?.emoji).toBe('❤️')
  expect(findEmoji(list, 'no such thing', 8)).toEqual([])
  expect(findEmoji(list, 'a', 8)).toHaveLength(8)
})
