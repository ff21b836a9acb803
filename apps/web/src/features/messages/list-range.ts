/** How many rows are mounted above and below one that the list goes to. */
const ABOVE = 15
const BELOW = 30
/** The most rows that are mounted in one step, so that no frame takes long. */
const STEP_MAX = 12

interface Keyed {
  readonly key: string
}

/** Which rows of a list are mounted: those from `start` up to `end`. */
export interface Mounted<Row extends Keyed> {
  rows: readonly Row[]
  start: number
  end: number
}

export function mountedAround<Row extends Keyed>(
  rows: readonly Row[],
  index: number,
): Mounted<Row> {
  return { rows, start: Math.max(0, index - ABOVE), end: Math.min(rows.length, index + BELOW) }
}

/** The same rows where they are in other rows, with what has come between them and just after them. */
export function carriedOver<Row extends Keyed>(
  before: Mounted<Row>,
  rows: readonly Row[],
): Mounted<Row> {
  const keys = new Set(before.rows.slice(before.start, before.end).map(({ key }) => key))
  const start = rows.findIndex(({ key }) => keys.has(key))
  if (start < 0) return mountedAround(rows, rows.length - 1)
  const last = rows.findLastIndex(({ key }) => keys.has(key)) + 1
  const wasEnd = before.end === before.rows.length
  return { rows, start, end: wasEnd ? Math.min(rows.length, last + STEP_MAX) : last }
}

/** What is mounted, and what of it can be seen: pixels relative to the upper edge of the view. */
export interface Measured {
  /** Where the first mounted row begins and the last one ends. */
  top: number
  bottom: number
  /** The height of the view. */
  view: number
  /** Of each mounted row. */
  heights: readonly number[]
  /** What a row is expected to have that was never mounted. */
  averageHeight: number
  /** How many rows there are before those that are mounted, and after them. */
  rowsAbove: number
  rowsBelow: number
}

/** So much is mounted above and below the view at least, and at most before something is unmounted. */
const NEAR_PX = 500
const FAR_PX = 1_600
/** Where less than this is mounted, the next frame may show what is beyond; so much is mounted then. */
const URGENT_PX = 150
const ENOUGH_PX = 300
/** The most rows that are mounted at once even so. */
const URGENT_MAX = 45

/** How many rows to mount (above zero) or unmount (below zero) before the first and after the last one. */
export interface Changes {
  above: number
  below: number
  /** Whether this frame needs them; otherwise they can wait until it is drawn. */
  isUrgent: boolean
}

export function changesWanted(measured: Measured): Changes {
  const { top, bottom, view, heights, averageHeight, rowsAbove, rowsBelow } = measured
  const above = { beyond: -top, rowsLeft: rowsAbove }
  const below = { beyond: bottom - view, rowsLeft: rowsBelow }
  if (isMissing(above) || isMissing(below))
    return {
      above: isMissing(above) ? rowsMissing(above.beyond, averageHeight) : 0,
      below: isMissing(below) ? rowsMissing(below.beyond, averageHeight) : 0,
      isUrgent: true,
    }
  return {
    above: rowsWanted(above.beyond, heights, averageHeight),
    below: rowsWanted(below.beyond, heights.toReversed(), averageHeight),
    isUrgent: false,
  }
}

function isMissing({ beyond, rowsLeft }: { beyond: number; rowsLeft: number }): boolean {
  return rowsLeft > 0 && beyond < URGENT_PX
}

function rowsMissing(beyond: number, averageHeight: number): number {
  return Math.min(URGENT_MAX, Math.ceil((ENOUGH_PX - beyond) / averageHeight))
}

/** `beyond`: how far what is mounted reaches beyond the view on this side; `heights` begin at this side. */
function rowsWanted(beyond: number, heights: readonly number[], averageHeight: number): number {
  if (beyond < NEAR_PX) {
    const missing = 2 * NEAR_PX - beyond
    return Math.min(STEP_MAX, Math.ceil(missing / averageHeight))
  }
  if (beyond <= FAR_PX) return 0
  let left = beyond
  let rows = 0
  for (const height of heights) {
    left -= height
    if (left < 2 * NEAR_PX) break
    rows += 1
  }
  return -rows
}
