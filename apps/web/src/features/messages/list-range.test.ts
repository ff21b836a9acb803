import { expect, test } from 'vitest'
import { carriedOver, changesWanted, mountedAround, type Mounted } from './list-range.ts'

const rows = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, nth) => ({ key: `${from + nth}` }))

test('around a row some above and below it are mounted', () => {
  expect(mountedAround(rows(1, 100), 50)).toMatchObject({ start: 35, end: 80 })
  expect(mountedAround(rows(1, 10), 9)).toMatchObject({ start: 0, end: 10 })
  expect(mountedAround([], -1)).toMatchObject({ start: 0, end: 0 })
})

test('the same rows stay mounted when others come or go above and below them', () => {
  const mounted = { rows: rows(100, 200), start: 10, end: 40 }
  for (const others of [rows(1, 200), rows(105, 300), rows(100, 145)])
    expect(keysOf(carriedOver(mounted, others))).toEqual(keysOf(mounted))
})

test('what has come between them, and after the last one, is mounted with them', () => {
  const before = { rows: rows(1, 5), start: 2, end: 5 }
  const between = [...rows(1, 4), { key: 'day' }, ...rows(5, 5)]
  expect(carriedOver(before, between)).toMatchObject({ start: 2, end: 6 })
  expect(carriedOver(before, rows(1, 7))).toMatchObject({ start: 2, end: 7 })
  // Of a whole page only some.
  expect(carriedOver(before, rows(1, 100)).end).toBeLessThan(20)
})

test('of rows that are all others the last are mounted', () => {
  const before = { rows: rows(1, 50), start: 10, end: 20 }
  expect(carriedOver(before, rows(101, 150))).toMatchObject({ end: 50 })
})

const heights = Array.from({ length: 40 }, () => 50)
const seen = { view: 800, heights, averageHeight: 50, rowsAbove: 100, rowsBelow: 100 }

test('rows are mounted ahead of the view, and unmounted only far behind it, after it is drawn', () => {
  expect(changesWanted({ ...seen, top: -600, bottom: 1_400 })).toMatchObject({ above: 0, below: 0 })
  const changes = changesWanted({ ...seen, top: -200, bottom: 1_800 })
  expect(changes).toMatchObject({ below: 0, isUrgent: false })
  expect(changes.above).toBeGreaterThan(0)
  expect(changes.above).toBeLessThan(20)
  expect(changesWanted({ ...seen, top: -2_000, bottom: 1_400 })).toMatchObject({
    above: -20,
    isUrgent: false,
  })
})

test('what the view would lack is mounted before it is drawn, in one go, and nothing is unmounted for it', () => {
  expect(changesWanted({ ...seen, top: 700, bottom: 2_700 })).toEqual({
    above: 20,
    below: 0,
    isUrgent: true,
  })
  expect(changesWanted({ ...seen, top: 9_000, bottom: 11_000 }).above).toBe(45)
  expect(changesWanted({ ...seen, top: -1_000, bottom: 900 }).below).toBe(4)
})

test('where the list begins or ends nothing is missing', () => {
  const atStart = { ...seen, top: 0, bottom: 4_000, rowsAbove: 0 }
  const { below, isUrgent } = changesWanted(atStart)
  expect(isUrgent).toBe(false)
  expect(below).toBeLessThan(0)
})

function keysOf({ rows, start, end }: Mounted<{ key: string }>): string[] {
  return rows.slice(start, end).map(({ key }) => key)
}
