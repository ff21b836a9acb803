/** What is measured of a big team; `--rows` takes these names. */
export const SCALE_GROUPS = [
  'start',
  'events',
  'mixed',
  'reading',
  'block',
  'return',
  'members',
] as const
export type ScaleGroup = (typeof SCALE_GROUPS)[number]

/** At most so many times what it is in the small team, or at most so much, or both; `small` bounds the small team. */
interface ScaleGoal {
  times?: number
  most?: number
  small?: number
}

export interface ScaleRow {
  id: string
  group: ScaleGroup
  title: string
  unit: 'ms' | 's' | 'kB' | 'MB' | '%' | ''
  goal: ScaleGoal
}

/** The goals at 10,000 people. docs/performance.md has the same; a test holds the two together. */
export const SCALE_ROWS = [
  {
    id: 'first-message',
    group: 'start',
    title: 'Start until the first message',
    unit: 'ms',
    goal: { times: 1.5 },
  },
  { id: 'live', group: 'start', title: 'Start until live', unit: 'ms', goal: { times: 2 } },
  {
    id: 'people-start',
    group: 'start',
    title: 'Bytes of /v1/people at start',
    unit: 'kB',
    goal: { most: 10 },
  },
  {
    id: 'people-minute',
    group: 'start',
    title: '… in the minute after',
    unit: 'kB',
    goal: { most: 1 },
  },
  { id: 'heap', group: 'start', title: 'Memory of the page', unit: 'MB', goal: { most: 20 } },
  { id: 'channels', group: 'start', title: 'Channels subscribed', unit: '', goal: { most: 40 } },
  {
    id: 'status',
    group: 'events',
    title: 'Main thread for a status change',
    unit: 'ms',
    goal: { times: 2 },
  },
  {
    id: 'newcomer',
    group: 'events',
    title: '… for somebody who joins the team',
    unit: 'ms',
    goal: { times: 2 },
  },
  {
    id: 'other-room',
    group: 'events',
    title: '… for a message in another room',
    unit: 'ms',
    goal: { times: 1.5 },
  },
  {
    id: 'open-room',
    group: 'events',
    title: '… for a message in the open room',
    unit: 'ms',
    goal: { times: 1.5, small: 15 },
  },
  {
    id: 'frame-p99',
    group: 'mixed',
    title: '50 mixed events a second, frame p99',
    unit: 'ms',
    goal: { most: 50 },
  },
  { id: 'live-share', group: 'mixed', title: '… time not live', unit: '%', goal: { most: 0 } },
  {
    id: 'scroll-frame',
    group: 'reading',
    title: 'The largest room scrolled both ways, longest frame',
    unit: 'ms',
    goal: { most: 50 },
  },
  {
    id: 'scroll-blank',
    group: 'reading',
    title: '… frames without a message',
    unit: '',
    goal: { most: 0 },
  },
  {
    id: 'room-switch',
    group: 'reading',
    title: 'Changing to a room that was open before',
    unit: 'ms',
    goal: { most: 50 },
  },
  {
    id: 'block-events',
    group: 'block',
    title: 'A block, 60 clients connected: events published',
    unit: '',
    goal: { most: 100 },
  },
  {
    id: 'block-published',
    group: 'block',
    title: '… until nothing waits',
    unit: 's',
    goal: { most: 1 },
  },
  {
    id: 'block-p50',
    group: 'block',
    title: '… others together again, p50',
    unit: 's',
    goal: { most: 1 },
  },
  { id: 'block-last', group: 'block', title: '… the last of them', unit: 's', goal: { most: 2 } },
  {
    id: 'return-time',
    group: 'return',
    title: '500 clients back after the broker died',
    unit: 's',
    goal: { most: 5 },
  },
  {
    id: 'return-bytes',
    group: 'return',
    title: '… what they requested for it',
    unit: 'MB',
    goal: { most: 10 },
  },
  {
    id: 'members-time',
    group: 'members',
    title: 'The members of General opened by its owner',
    unit: 'ms',
    goal: { most: 300 },
  },
  {
    id: 'members-elements',
    group: 'members',
    title: '… elements of the page',
    unit: '',
    goal: { most: 5_000 },
  },
] as const satisfies readonly ScaleRow[]

export type ScaleRowId = (typeof SCALE_ROWS)[number]['id']

/** A goal in words, as in the docs. */
export function goalWords({ goal, unit }: ScaleRow): string {
  const { times, most, small } = goal
  return [
    ...(times === undefined ? [] : [`${times} × small`]),
    ...(most === undefined ? [] : [withUnit(most, unit)]),
    ...(small === undefined ? [] : [`${withUnit(small, unit)} in small`]),
  ].join(', ')
}

/** Undefined where what the goal compares with was not measured. */
export function isMet(
  { goal: { times, most, small } }: ScaleRow,
  measured: { small?: number | undefined; large?: number | undefined },
): boolean | undefined {
  const { large } = measured
  if (large === undefined) return undefined
  if (times !== undefined || small !== undefined) {
    if (measured.small === undefined) return undefined
    if (times !== undefined && large > times * measured.small) return false
    if (small !== undefined && measured.small > small) return false
  }
  return most === undefined || large <= most
}

function withUnit(value: number, unit: string): string {
  return `${value.toLocaleString('en')} ${unit}`.trim()
}
