import { expect, test } from 'vitest'
import { parseSearch, searchText } from './search-text.ts'

test.each([
  ['', []],
  ['   ', []],
  ['green build', [['words', 'green build']]],
  [
    '"is green" again',
    [
      ['phrase', 'is green'],
      ['words', 'again'],
    ],
  ],
  ['„is green“', [['phrase', 'is green']]],
  ['«is green»', [['phrase', 'is green']]],
  ['"not closed', [['phrase', 'not closed']]],
  ['""', []],
  ['from:alice', [['from', 'alice']]],
  [
    'FROM:"Alice Meyer" in:general',
    [
      ['from', 'Alice Meyer'],
      ['in', 'general'],
    ],
  ],
  [
    'lunch before:2026-11-20 soup',
    [
      ['words', 'lunch'],
      ['before', '2026-11-20'],
      ['words', 'soup'],
    ],
  ],
  ['from:', [['from', '']]],
  [
    'from: alice',
    [
      ['from', ''],
      ['words', 'alice'],
    ],
  ],
  [
    'has:link has:code',
    [
      ['has', 'link'],
      ['has', 'code'],
    ],
  ],
  ['http://example.com/from:x', [['words', 'http://example.com/from:x']]],
  ['to:bob', [['words', 'to:bob']]],
  [
    'it"s',
    [
      ['words', 'it'],
      ['phrase', 's'],
    ],
  ],
  ['von:bob', [['words', 'von:bob']]],
])('F3: %s', (text, parts) => {
  const parsed = parseSearch(text)
  expect(parsed).toEqual(parts.map(([kind, value]) => ({ kind, value })))
  expect(parseSearch(searchText(parsed))).toEqual(parsed)
})

test('F3: operators are also found by other names, and written by their own', () => {
  const names = { von: 'from', enthält: 'has' } as const
  const parts = parseSearch('Suppe VON:"Bob Meyer" enthält:link from:me davon:x', names)
  expect(searchText(parts)).toBe('Suppe from:"Bob Meyer" has:link from:me davon:x')
})
