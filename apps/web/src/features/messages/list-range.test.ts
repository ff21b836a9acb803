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

test('rows are mounted ahead of the view, and unmounted only far behind it', () => {
  const heights = Array.from({ length: 40 }, () => 50)
  const seen = { view: 800, heights, averageHeight: 50 }
  expect(changesWanted({ ...seen, top: -600, bottom: 1_400 })).toEqual({ above: 0, below: 0 })
  const { above, below } = changesWanted({ ...seen, top: -100, bottom: 1_900 })
  expect(above).toBeGreaterThan(0)
  expect(below).toBe(0)
  expect(changesWanted({ ...seen, top: -2_000, bottom: 1_400 }).above).toBe(-20)
})

function keysOf({ rows, start, end }: Mounted<{ key: string }>): string[] {
  return rows.slice(start, end).map(({ key }) => key)
}
