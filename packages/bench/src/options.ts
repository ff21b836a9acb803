import { parseArgs } from 'node:util'

export const MEASURES = [
  'starts',
  'posts',
  'paced',
  'authorizations',
  'fanout',
  'memory',
  'reconnect',
  'pages',
  'changes',
  'searches',
  'cost',
  'web',
] as const
export type MeasureName = (typeof MEASURES)[number]

export interface Options {
  mode: 'full' | 'quick' | 'endurance' | 'overload' | 'revocation'
  measures: readonly MeasureName[]
  rounds: number
  /** How long each contestant is loaded in each round. */
  seconds: number
  /** How many people with their own accounts. */
  people: number
  /** How many clients post in parallel. */
  posters: readonly number[]
  /** How many subscribe to a room. */
  audiences: readonly number[]
  /** Whether to measure the chat that flushes every message in addition to the one that does not. */
  withFlushingChat: boolean
  /** How many clients reconnect at once after the broker was killed. */
  reconnecting: number
  /** The sizes of rooms whose pages are read. */
  pageRows: readonly number[]
  enduranceMinutes: number
  /** How many revocations for each state of the broker. */
  revocations: number
  /** Whether to write the result into docs/performance.md. */
  publish: boolean
  /** Where to write CPU profiles of every process on the server side. */
  profile: string | undefined
}

const FULL = {
  rounds: 5,
  seconds: 2,
  people: 1_000,
  posters: [16, 256],
  audiences: [50, 500],
  withFlushingChat: true,
  reconnecting: 1_000,
  pageRows: [1_000, 100_000, 1_000_000],
  revocations: 24,
}
/** For daily use: the same measures, but fewer and shorter. */
const QUICK = {
  rounds: 3,
  seconds: 0.6,
  people: 256,
  posters: [16],
  audiences: [50],
  withFlushingChat: false,
  reconnecting: 200,
  pageRows: [1_000, 100_000],
  revocations: 4,
}
const NOT_QUICK: ReadonlySet<MeasureName> = new Set([
  'starts',
  'paced',
  'changes',
  'searches',
  'cost',
  'web',
])

export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      endurance: { type: 'boolean', default: false },
      minutes: { type: 'string', default: '30' },
      overload: { type: 'boolean', default: false },
      revocation: { type: 'boolean', default: false },
      people: { type: 'string' },
      revocations: { type: 'string' },
      publish: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  })
  const form = values.quick ? QUICK : FULL
  return {
    ...form,
    mode: modeOf(values),
    measures: values.only
      ? namesIn(values.only)
      : MEASURES.filter((name) => !values.quick || !NOT_QUICK.has(name)),
    rounds: Number(values.rounds ?? form.rounds),
    seconds: Number(values.seconds ?? form.seconds),
    people: Number(values.people ?? form.people),
    revocations: Number(values.revocations ?? form.revocations),
    enduranceMinutes: Number(values.minutes),
    publish: values.publish,
    profile: values.profile,
  }
}

function modeOf(values: {
  quick: boolean
  endurance: boolean
  overload: boolean
  revocation: boolean
}): Options['mode'] {
  if (values.revocation) return 'revocation'
  if (values.endurance) return 'endurance'
  if (values.overload) return 'overload'
  return values.quick ? 'quick' : 'full'
}

function namesIn(list: string): MeasureName[] {
  return list.split(',').map((word) => {
    const name = MEASURES.find((each) => each === word.trim())
    if (!name) throw new Error(`There is no measure "${word}"; there are ${MEASURES.join(', ')}`)
    return name
  })
}
