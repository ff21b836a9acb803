import { expect, test } from 'vitest'
import { withLocalDays } from './search-dates.ts'

test('F3: a day begins when it begins here', () => {
  const begins = new Date(2026, 10, 20).toISOString()
  expect(withLocalDays('lunch before:2026-11-20')).toBe(`lunch before:${begins}`)
  expect(withLocalDays('after:2026-11-20 from:"Alice Meyer"')).toBe(
    `after:${begins} from:"Alice Meyer"`,
  )
})

test.each([
  'lunch',
  '"two  words"',
  'before:yesterday',
  'after:2026-02-30',
  'after:2026-13-01',
  'before:0000-01-01',
])('F3: %s stays as it is', (text) => expect(withLocalDays(text)).toBe(text))
