import { createElement } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { dateFormat, shownDate } from './dates.ts'
import * as words from './en/messages.en.ts'
import { numeral, rich, speak, t } from './say.ts'

// The language is one for a page, and tests share theirs.
afterEach(() => speak('en'))

test('K7: numbers and their nouns follow the language', async () => {
  expect([1, 2, 12_345].map((count) => t(words.manyNew, { count }))).toEqual([
    '1 new message',
    '2 new messages',
    '12,345 new messages',
  ])
  await speak('de-AT')
  expect([1, 2].map((count) => t(words.manyNew, { count }))).toEqual([
    '1 neue Nachricht',
    '2 neue Nachrichten',
  ])
  await speak('de')
  expect([t(words.manyNew, { count: 12_345 }), numeral(12_345)]).toEqual([
    '12.345 neue Nachrichten',
    '12.345',
  ])
})

test('K7: a name in a sentence keeps its direction, and cannot leave its place', () => {
  expect(t(words.messageTo, { room: 'General' })).toBe('Message General')
  expect(t(words.messageTo, { room: 'שלום' })).toBe('Message \u2068שלום\u2069')
  expect(t(words.messageTo, { room: 'a\u2069\u202Eb' })).toBe('Message \u2068ab\u2069')
  expect(t(words.messageTo, { room: '{x} <b>' })).toBe('Message {x} <b>')
})

test('K7: elements are put where the sentence has them', async () => {
  const person = createElement('bdi', null, 'Alice')
  const text = createElement('bdi', null, 'Hello')
  expect(childrenOf(rich(words.announced, { person, text }))).toEqual([person, ': ', text])
  await speak('de')
  const unseen = createElement('i')
  expect(childrenOf(rich(words.newSince, { count: 3, unseen }))).toEqual([
    '3',
    createElement('i', null, ' neue'),
  ])
})

test('K7: a language that is not here is English, and what is not translated too', async () => {
  await speak('tlh')
  expect(t(words.today)).toBe('Today')
})

test('K7: the mirrored language leaves values and the structure of a sentence alone', async () => {
  await speak('ar-XB')
  expect(t(words.messageTo, { room: 'General' })).toMatch(/^[^A-Za-z]+ General$/)
  expect(t(words.manyNew, { count: 1 })).toMatch(/^[^A-Za-z]+$/)
  const person = createElement('bdi', null, 'Alice')
  const text = createElement('bdi', null, 'Hello')
  expect(childrenOf(rich(words.announced, { person, text }))).toEqual([person, ': ', text])
})

describe('K7: days and times follow one locale', () => {
  const DATE = new Date(2026, 10, 23, 14, 5)

  test.each([
    ['en-US', 'Monday, November 23', '2:05 PM'],
    ['en-GB', 'Monday 23 November', '14:05'],
    ['de-DE', 'Montag, 23. November', '14:05'],
  ])('%s', async (locale, day, time) => {
    await speak(locale)
    const shown = (['longDay', 'time'] as const).map((look) => shownDate(dateFormat(look), DATE))
    expect(shown.map((text) => text.replaceAll('\u202F', ' '))).toEqual([day, time])
  })

  test('an invalid date is said to be unknown', async () => {
    await speak('de')
    expect(shownDate(dateFormat('full'), new Date('rubbish'))).toBe('Zeit unbekannt')
  })
})

function childrenOf(shown: unknown): unknown {
  return (shown as { props: { children: unknown } }).props.children
}
