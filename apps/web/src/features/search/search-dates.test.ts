import { search, SEARCH_TEXT_MAX_CHARS } from '@conclave/shared/search'
import { Check } from 'typebox/value'
import { expect, test } from 'vitest'
import { speak } from '../../words/say.ts'
import { searchToSend } from './search-dates.ts'

test('F3: a day begins when it begins here', () => {
  const begins = new Date(2026, 10, 20).toISOString()
  expect(searchToSend('lunch before:2026-11-20')).toBe(`lunch before:${begins}`)
  expect(searchToSend('after:2026-11-20 from:"Alice Meyer"')).toBe(
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
])('F3: %s stays as it is', (text) => expect(searchToSend(text)).toBe(text))

test('F3: operators may be typed in the language of the page', async () => {
  expect(searchToSend('Suppe von:bob')).toBe('Suppe von:bob')
  await speak('de')
  try {
    expect(searchToSend('Suppe Von:bob enthält:link in:Küche')).toBe(
      'Suppe from:bob has:link in:Küche',
    )
    expect(searchToSend('von:bob ab:gestern from:"Alice Meyer"')).toBe(
      'from:bob after:gestern from:"Alice Meyer"',
    )
  } finally {
    await speak('en')
  }
})

test('F3: whatever fits into the field can be sent', async () => {
  const days = [
    '',
    'before:2026-11-20 ',
    'after:2026-11-20 ',
    'from: in: has: ',
    'a"b',
    '\u{1F511}',
  ]
  const texts = [
    'lunch before:2026-11-20'.padStart(SEARCH_TEXT_MAX_CHARS, 'lunch '),
    ...days.map((part) => part.repeat(SEARCH_TEXT_MAX_CHARS)),
  ].map((text) => text.slice(0, SEARCH_TEXT_MAX_CHARS))
  try {
    for (const language of ['en', 'de'] as const) {
      await speak(language)
      for (const text of [...texts, 'ab:2026-11-20 '.repeat(21), 'ab: von: '.repeat(33)])
        expect([text, Check(search.query, { q: searchToSend(text) })]).toEqual([text, true])
    }
  } finally {
    await speak('en')
  }
})
