import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { FLOOD_SIZES, type FloodSizeName } from '@conclave/dev-stack/flood/flood-sizes'
import { ROOT } from '@conclave/dev-stack/root'
import { SCALE_ROWS, type ScaleRowId } from './scale-goals.ts'

export interface ScaleOptions {
  sizes: readonly FloodSizeName[]
  /** Rows that cannot be measured alone bring the others of their group. */
  rows: readonly ScaleRowId[]
  /** How often each size is measured in turn. */
  rounds: number
  /** How many events of each kind a round sends. */
  events: number
  mixedSeconds: number
  /** How many clients are connected when somebody is blocked, and when the broker dies. */
  blockClients: number
  returning: number
  /** The checkout whose build is measured. */
  checkout: string
  /** Where flooded databases are kept for the next run; by default they are removed. */
  keep: string | undefined
  publish: boolean
}

const ALL: readonly ScaleRowId[] = SCALE_ROWS.map(({ id }) => id)
const FULL = { rounds: 3, events: 8, mixedSeconds: 30 }
const QUICK = { rounds: 1, events: 8, mixedSeconds: 10 }

export function readScaleOptions(args: string[]): ScaleOptions {
  const { values } = parseArgs({
    args,
    options: {
      scale: { type: 'boolean' },
      quick: { type: 'boolean', default: false },
      sizes: { type: 'string', default: 'small,large' },
      rows: { type: 'string' },
      rounds: { type: 'string' },
      checkout: { type: 'string', default: ROOT },
      keep: { type: 'string' },
      clients: { type: 'string', default: '500' },
      publish: { type: 'boolean', default: false },
    },
  })
  const form = values.quick ? QUICK : FULL
  return {
    ...form,
    rounds: Number(values.rounds ?? form.rounds),
    sizes: sizesIn(values.sizes),
    rows: values.rows ? rowsIn(values.rows) : ALL,
    blockClients: 60,
    returning: Number(values.clients),
    checkout: values.checkout,
    keep: values.keep === undefined ? undefined : join(process.cwd(), values.keep),
    publish: values.publish,
  }
}

function sizesIn(list: string): FloodSizeName[] {
  const names = Object.keys(FLOOD_SIZES) as FloodSizeName[]
  const words = list.split(',').map((word) => word.trim())
  const unknown = words.find((word) => !names.some((name) => name === word))
  if (unknown) throw new Error(`There is no size "${unknown}"; there are ${names.join(', ')}`)
  return names.filter((name) => words.includes(name))
}

/** By the names of rows, or of groups for all of their rows. */
function rowsIn(list: string): ScaleRowId[] {
  const wanted = new Set(
    list.split(',').flatMap((word) => {
      const found = SCALE_ROWS.filter(
        ({ id, group }) => id === word.trim() || group === word.trim(),
      )
      if (found.length === 0)
        throw new Error(`There is no row "${word}"; there are ${ALL.join(', ')}`)
      return found.map(({ id }) => id)
    }),
  )
  return ALL.filter((id) => wanted.has(id))
}
