import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { timeline } from './grouping.ts'

const FORMAT = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format') ?? {}

/** The reader's time zone is that of the process. */
beforeEach(() => void vi.stubEnv('TZ', 'UTC'))
afterEach(() => {
  vi.unstubAllEnvs()
  Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', FORMAT)
})

const NOW = new Date('2026-03-10T12:00:00Z')

test('messages of one person within five minutes are one group', () => {
  expect(
    shape([said('alice', '10:00:00'), said('alice', '10:05:00'), said('alice', '10:10:01')]),
  ).toEqual(['Today', 'alice 2', 'alice 1'])
})

test('a long group says its author and time again after a quarter of an hour', () => {
  const minutes = [0, 4, 8, 12, 15, 16, 20]
  const messages = minutes.map((minute) =>
    said('alice', `10:${String(minute).padStart(2, '0')}:00`),
  )
  expect(shape(messages)).toEqual(['Today', 'alice 5', 'alice 2'])
})

test('a message that began what was loaded still begins a group when more is loaded above it', () => {
  const messages = [said('alice', '10:00:00'), said('alice', '10:01:00')]
  const items = timeline(messages, NOW, new Set([messages[1]!.id]))
  expect(items.map(({ kind }) => kind)).toEqual(['day', 'group', 'group'])
})

test('another person begins another group', () => {
  expect(
    shape([said('alice', '10:00:00'), said('bob', '10:00:01'), said('alice', '10:00:02')]),
  ).toEqual(['Today', 'alice 1', 'bob 1', 'alice 1'])
})

test('a group never crosses midnight', () => {
  const messages = [
    at('alice', '2026-03-09T23:59:00.000Z'),
    at('alice', '2026-03-10T00:01:00.000Z'),
  ]
  expect(shape(messages)).toEqual(['Yesterday', 'alice 1', 'Today', 'alice 1'])
})

test('days are those of the reader', () => {
  const messages = [at('alice', '2026-03-10T02:00:00.000Z')]
  expect(shape(messages, 'America/New_York')).toEqual(['Yesterday', 'alice 1'])
  expect(shape(messages, 'Europe/Berlin')).toEqual(['Today', 'alice 1'])
})

test('"Yesterday" is right on the night the clocks change', () => {
  vi.stubEnv('TZ', 'Europe/Berlin')
  const now = new Date('2026-03-29T22:30:00Z')
  const messages = [
    at('alice', '2026-03-28T23:30:00.000Z'),
    at('alice', '2026-03-28T22:30:00.000Z'),
  ]
  const days = timeline(messages, now).filter(({ kind }) => kind === 'day')
  expect(days.map((day) => day.kind === 'day' && day.label)).toEqual([
    'Yesterday',
    'Saturday, March 28',
  ])
})

test('a day in another year has its year', () => {
  expect(shape([at('alice', '2025-12-31T12:00:00.000Z')])[0]).toBe('Wednesday, December 31, 2025')
})

test('an invalid date, or an unusual date format of the browser, breaks nothing else', () => {
  // ICU 72 on Debian formats en-CA like this; no code may parse a formatted date.
  writeDatesAs('11/24/2026')
  const messages = [
    at('alice', '2026-03-08T10:00:00.000Z'),
    at('mallory', '2026-99-99T99:99:99.999Z'),
    at('mallory', 'rubbish'),
    at('bob', '2026-03-09T10:00:00.000Z'),
    at('bob', '2026-03-10T10:00:00.000Z'),
  ]
  expect(shape(messages)).toEqual([
    '11/24/2026',
    'alice 1',
    'unknown time',
    'mallory 1',
    'mallory 1',
    'Yesterday',
    'bob 1',
    'Today',
    'bob 1',
  ])
})

function writeDatesAs(text: string): void {
  Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
    ...FORMAT,
    get: () => () => text,
  })
}

function shape(messages: ReturnType<typeof at>[], timeZone = 'UTC'): string[] {
  vi.stubEnv('TZ', timeZone)
  return timeline(messages, NOW).map((item) =>
    item.kind === 'day' ? item.label : `${item.authorId} ${item.messages.length}`,
  )
}

function said(authorId: string, time: string) {
  return at(authorId, `2026-03-10T${time}.000Z`)
}

function at(authorId: string, createdAt: string) {
  return { id: `${authorId}-${createdAt}`, authorId, createdAt }
}
