import type { Room } from '@conclave/shared/rooms'
import type { SearchHit } from '@conclave/shared/search'
import { expect, test } from 'vitest'
import { foundPage, movedHits, withCurrent } from './found-pages.ts'

const hit = (id: string, roomId: string, excerpt: string): SearchHit => ({
  id,
  roomId,
  seq: 1,
  authorId: 'alice',
  createdAt: '2026-11-26T12:00:00.000Z',
  excerpt,
  matches: [{ start: 0, end: 2 }],
  cutBefore: false,
  cutAfter: false,
})
const rooms = (a: number, b: number) =>
  [
    { id: 'a', rev: a },
    { id: 'b', rev: b },
  ] as Room[]
const quote = (id: string, rev: number, text: string) => ({
  id,
  seq: 1,
  rev,
  authorId: 'alice',
  text,
})
const page = foundPage(
  { hits: [hit('1', 'a', 'one'), hit('2', 'b', 'two'), hit('3', 'a', 'three')] },
  rooms(5, 7),
)

test('F2: what was found in a room that has moved is asked for, once', () => {
  expect(movedHits([page], rooms(5, 7))).toEqual([])
  expect(movedHits([page], rooms(6, 7))).toEqual([{ roomId: 'a', ids: ['1', '3'] }])
  const [now] = withCurrent([page], 'a', {
    rev: 6,
    byId: { 1: quote('1', 2, 'one'), 3: quote('3', 3, 'three') },
  })
  expect(now?.hits).toEqual(page.hits)
  expect(movedHits([now!], rooms(6, 7))).toEqual([])
  expect(movedHits([now!], rooms(6, 8))).toEqual([{ roomId: 'b', ids: ['2'] }])
})

test('F2: a removed text goes from what was found, and a changed one is as it is now', () => {
  const removed = { ...quote('1', 6, ''), removed: true as const }
  const byId = { 1: removed, 3: quote('3', 7, 'four') }
  const [now] = withCurrent([page], 'a', { rev: 7, byId })
  expect(now?.hits).toEqual([page.hits[1], { ...page.hits[2], excerpt: 'four', matches: [] }])
  expect(withCurrent([page], 'b', { rev: 8, byId: { 2: null } })[0]?.hits).toHaveLength(2)
  expect(withCurrent([page], 'c', { rev: 8, byId })).toEqual([page])
})
