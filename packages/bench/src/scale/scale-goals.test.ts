import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@conclave/dev-stack/root'
import { expect, test } from 'vitest'
import { goalWords, isMet, SCALE_ROWS, type ScaleRow } from './scale-goals.ts'
import { readScaleOptions } from './scale-options.ts'

test('docs/performance.md has every goal as it is in the code', () => {
  const page = readFileSync(join(ROOT, 'docs', 'performance.md'), 'utf8')
  const section = page.slice(page.indexOf('## Scale'), page.indexOf('<!-- bench --scale: written'))
  const documented = [...section.matchAll(/^\| (?!-)([^|]+) \|[^|]*\| ([^|]+) \|$/gm)]
    .map(([, title = '', goal = '']) => [title.trim(), goal.trim()])
    .filter(([, goal]) => goal !== 'goal')
  expect(documented).toEqual(SCALE_ROWS.map((row) => [row.title, goalWords(row)]))
})

test.each<[string, ScaleRow['goal'], { small?: number; large?: number }, boolean | undefined]>([
  ['twice is met', { times: 2 }, { small: 10, large: 20 }, true],
  ['more than twice is not', { times: 2 }, { small: 10, large: 21 }, false],
  ['without the small team nothing is known', { times: 2 }, { large: 21 }, undefined],
  ['a bound is met', { most: 5 }, { large: 5 }, true],
  ['beyond the bound is not', { most: 5 }, { large: 6 }, false],
  ['what was not measured is not met', { most: 5 }, { small: 1 }, undefined],
  ['the small team has a bound too', { times: 2, small: 5 }, { small: 6, large: 6 }, false],
])('%s', (_, goal, measured, met) => {
  const row: ScaleRow = { id: 'x', group: 'start', title: 'x', unit: 'ms', goal }
  expect(isMet(row, measured)).toBe(met)
})

test('rows are chosen by their name or by their group, and an unknown one is named', () => {
  expect(readScaleOptions(['--scale', '--rows', 'return,heap']).rows).toEqual([
    'heap',
    'return-time',
    'return-bytes',
  ])
  expect(readScaleOptions(['--scale']).rows).toHaveLength(SCALE_ROWS.length)
  expect(readScaleOptions(['--scale']).sizes).toEqual(['small', 'large'])
  expect(() => readScaleOptions(['--scale', '--rows', 'heaps'])).toThrow('There is no row "heaps"')
  expect(() => readScaleOptions(['--scale', '--sizes', 'huge'])).toThrow('no size "huge"')
})
