import { cpus, loadavg, totalmem } from 'node:os'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FloodSizeName } from '@conclave/dev-stack/flood/flood-sizes'
import { ROOT } from '@conclave/dev-stack/root'
import { show } from '../report/words.ts'
import { median } from '../statistics.ts'
import { goalWords, isMet, SCALE_ROWS, type ScaleRow, type ScaleRowId } from './scale-goals.ts'
import type { ScaleOptions } from './scale-options.ts'

const PAGE = join(ROOT, 'docs', 'performance.md')
const BEGIN = '<!-- bench --scale: written by `pnpm bench --scale --publish` -->'
const END = '<!-- bench --scale: end -->'
const GIGABYTE = 1024 ** 3

/** A run: for each row and size the values of its rounds. */
export interface ScaleResult {
  options: ScaleOptions
  values: Partial<Record<ScaleRowId, Partial<Record<FloodSizeName, number[]>>>>
  /** Groups that could not be measured to their end. */
  failures: readonly string[]
}

/** The table, with the goals. */
export function scaleMarkdown({ options, values, failures }: ScaleResult): string {
  const { sizes, rounds, returning } = options
  const rows = SCALE_ROWS.filter(({ id }) => options.rows.includes(id) || values[id]).map((row) => {
    const measured = (size: FloodSizeName) => middleOf(values[row.id]?.[size])
    const [small, large] = [measured('small'), measured('large')]
    return [
      row.unit ? `${row.title}, ${row.unit}` : row.title,
      ...sizes.map((size) => shown(measured(size))),
      small && large !== undefined ? show(large / small) : '',
      goalWords(row),
      verdictOf(row, { small, large }),
    ]
  })
  const head = ['', ...sizes, 'large ÷ small', 'goal at large', '']
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
  return [
    `${new Date().toISOString().slice(0, 10)}, ${machine()}; rounds: ${rounds}, medians; ${returning} clients come back.`,
    lines.join('\n'),
    ...failures.map((failure) => `- Not measured to the end: ${failure}`),
  ].join('\n\n')
}

/** Writes the table into the page, between its marks. */
export function publishScale(result: ScaleResult): void {
  const page = readFileSync(PAGE, 'utf8')
  const before = page.slice(0, page.indexOf(BEGIN) + BEGIN.length)
  writeFileSync(PAGE, `${before}\n\n${scaleMarkdown(result)}\n\n${page.slice(page.indexOf(END))}`)
}

function middleOf(values: readonly number[] | undefined): number | undefined {
  return values && values.length > 0 ? median(values) : undefined
}

function shown(value: number | undefined): string {
  return value === undefined ? '' : show(value)
}

function verdictOf(row: ScaleRow, measured: Parameters<typeof isMet>[1]): string {
  const met = isMet(row, measured)
  if (met === undefined) return ''
  return met ? 'met' : 'not met'
}

function machine(): string {
  const gigabytes = Math.round(totalmem() / GIGABYTE)
  const load = loadavg()[0]?.toFixed(1)
  return `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${gigabytes} GB, load ${load} at the end`
}
