import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { FLOOD_SIZES, type FloodSizeName } from '@conclave/dev-stack/flood/flood-sizes'
import { ROOT } from '@conclave/dev-stack/root'
import { SCALE_GROUPS, SCALE_ROWS, type ScaleGroup } from './scale-goals.ts'

export interface ScaleOptions {
  sizes: readonly FloodSizeName[]
  groups: readonly ScaleGroup[]
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
      publish: { type: 'boolean', default: false },
    },
  })
  const form = values.quick ? QUICK : FULL
  return {
    ...form,
    rounds: Number(values.rounds ?? form.rounds),
    sizes: sizesIn(values.sizes),
    groups: values.rows ? groupsIn(values.rows) : SCALE_GROUPS,
    blockClients: 60,
    returning: 500,
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

/** The names of groups, or of rows in them. */
function groupsIn(list: string): ScaleGroup[] {
  const words = list.split(',').map((word) => word.trim())
  const groups = words.map((word): ScaleGroup => {
    const group =
      SCALE_GROUPS.find((each) => each === word) ?? SCALE_ROWS.find(({ id }) => id === word)?.group
    if (!group) throw new Error(`There is no row "${word}"; there are ${SCALE_GROUPS.join(', ')}`)
    return group
  })
  const wanted = new Set(groups)
  return SCALE_GROUPS.filter((group) => wanted.has(group))
}
