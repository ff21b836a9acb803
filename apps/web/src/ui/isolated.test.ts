import { expect, test } from 'vitest'
import { isolated } from './isolated.ts'

test.each([
  'Alice Meyer',
  'Çağrı Ünal',
  'Андрей',
  '田中',
  '<script>',
  '👩‍💻 Ann',
  'Ann, \u2068דנה\u2069',
  '',
])('%s turns nothing and stays as it is', (name) => {
  expect(isolated(name)).toBe(name)
})

test.each([
  ['Hebrew', 'דנה', '\u2068דנה\u2069'],
  ['Arabic', 'ليلى', '\u2068ليلى\u2069'],
  ['an old script', '\u{10840}', '\u2068\u{10840}\u2069'],
  ['an override', '\u202Eecila', '\u2068ecila\u2069'],
  ['a mark alone', 'Ann\u200F', '\u2068Ann\u2069'],
  [
    'a list that is written from right to left',
    'דנה, \u2068Ann\u2069',
    '\u2068דנה, \u2068Ann\u2069\u2069',
  ],
  ['an isolate without its end', 'a\u2068b', '\u2068ab\u2069'],
  ['an end before its isolate', 'a\u2069b\u2068', '\u2068ab\u2069'],
  ['a way out of the isolate', '\u2069\u202Etxt.exe', '\u2068txt.exe\u2069'],
])('%s stays between its own marks, which it cannot close', (_, name, kept) => {
  expect(isolated(name)).toBe(kept)
})
