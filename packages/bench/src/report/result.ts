import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@conclave/dev-stack/root'
import type { Machine } from '../machine/machine.ts'
import type { Options } from '../options.ts'
import type { Fact, Figure, Table } from './figures.ts'

const FOLDER = join(ROOT, 'bench', 'results')

/** A whole run, as it is stored. */
export interface Result {
  machine: Machine
  options: Options
  seconds: number
  figures: readonly Figure[]
  facts: readonly Fact[]
  tables: readonly Table[]
  faults: readonly string[]
}

/** Returns the path of the file. */
export function writeResult(result: object, name: string): string {
  mkdirSync(FOLDER, { recursive: true })
  const file = join(FOLDER, `${name}.json`)
  writeFileSync(file, `${JSON.stringify(result, rounded, 2)}\n`)
  return file
}

const DIGITS = 4

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value)
    ? Number(value.toPrecision(DIGITS))
    : value
}
