import { expect, test } from 'vitest'
import { timeline } from './grouping.ts'

const NOW = new Date('2026-03-10T12:00:00Z')

test('what one person says within five minutes is one group', () => {
  expect(
    shape([said('alice', '10:00:00'), said('alice', '10:05:00'), said('alice', '10:10:01')]),
  ).toEqual(['Today', 'alice 2', 'alice 1'])
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

test('yesterday is yesterday on the night the clocks change', () => {
  const now = new Date('2026-03-29T22:30:00Z')
  const messages = [
    at('alice', '2026-03-28T23:30:00.000Z'),
    at('alice', '2026-03-28T22:30:00.000Z'),
  ]
  const days = timeline(messages, now, 'Europe/Berlin').filter(({ kind }) => kind === 'day')
  expect(days.map((day) => day.kind === 'day' && day.label)).toEqual([
    'Yesterday',
    'Saturday, March 28',
  ])
})

test('another year is named', () => {
  expect(shape([at('alice', '2025-12-31T12:00:00.000Z')])[0]).toBe('Wednesday, December 31, 2025')
})

function shape(messages: ReturnType<typeof at>[], timeZone = 'UTC'): string[] {
  return timeline(messages, NOW, timeZone).map((item) =>
    item.kind === 'day' ? item.label : `${item.authorId} ${item.messages.length}`,
  )
}

function said(authorId: string, time: string) {
  return at(authorId, `2026-03-10T${time}.000Z`)
}

function at(authorId: string, createdAt: string) {
  return { id: `${authorId}-${createdAt}`, authorId, createdAt }
}
