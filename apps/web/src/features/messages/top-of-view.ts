import type { Pane, RowInView } from './list-pane.ts'
import type { ShownMessage } from './message-rows.ts'

/** The height of the line that says whose message is cut off above. */
const TOP_LINE_PX = 28
/** How far below the upper edge of the first row of a group its author and time end. */
const HEAD_PX = 34
/** The height of a line of text: less than one below the line is not worth it. */
const READ_ON_PX = 22

/** What the upper edge of the view cuts. */
export interface TopOfView {
  /** The message just below the line; undefined where none is. */
  message: ShownMessage | undefined
  /** Whether neither its author nor its time is in view, although it goes on below the line. */
  isCut: boolean
  isScrolling: boolean
}

export interface TopStore {
  subscribe: (listener: () => void) => () => void
  now: () => TopOfView
  change: (top: Omit<TopOfView, 'isScrolling'>, isScrolling: boolean) => void
  rest: () => void
}

/** What is at the top changes with every few pixels: only what shows it is drawn again. */
export function createTopStore(): TopStore {
  const listeners = new Set<() => void>()
  let top: TopOfView = { message: undefined, isCut: false, isScrolling: false }

  function become(next: TopOfView): void {
    const isSame =
      next.message === top.message &&
      next.isCut === top.isCut &&
      next.isScrolling === top.isScrolling
    if (isSame) return
    top = next
    for (const listener of listeners) listener()
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    now: () => top,
    change: (next, isScrolling) => become({ ...next, isScrolling: isScrolling || top.isScrolling }),
    rest: () => become({ ...top, isScrolling: false }),
  }
}

/** What is at the upper edge, and whether the line is needed there: it covers what it is above. */
export function topOfView({ inView }: Pick<Pane, 'inView'>): Omit<TopOfView, 'isScrolling'> {
  const nth = inView.findIndex(({ bottom }) => bottom > TOP_LINE_PX)
  const at = inView[nth]
  if (at?.row.kind === 'message')
    return { message: at.row.message, isCut: isHeadAbove(at) && isReadOn(inView.slice(nth)) }
  const next = inView.find(({ row }) => row.kind === 'message')
  return { message: next?.row.kind === 'message' ? next.row.message : undefined, isCut: false }
}

/** Whether the row says neither its author nor its time where that can be seen. */
function isHeadAbove({ row, top }: RowInView): boolean {
  return row.kind === 'message' && (!row.isFirst || top <= -HEAD_PX)
}

/** Whether enough of what one person said, at the top of the view, is below the line; else the next author is already there. */
function isReadOn([at, ...rest]: readonly RowInView[]): boolean {
  const next = rest.find(({ row }) => row.kind !== 'message' || row.isFirst)
  const bottom = next ? next.top : (rest.at(-1)?.bottom ?? at?.bottom ?? 0)
  return bottom >= TOP_LINE_PX + READ_ON_PX
}
