import type { Pane } from './list-pane.ts'
import type { ShownMessage } from './message-rows.ts'

/** The height of the line that says whose message is cut off above. */
const TOP_LINE_PX = 28

/** What the upper edge of the view cuts. */
export interface TopOfView {
  /** The message just below the line; undefined where none is. */
  message: ShownMessage | undefined
  /** Whether neither its author nor its time is in view. */
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

export function topOfView({ inView }: Pick<Pane, 'inView'>): Omit<TopOfView, 'isScrolling'> {
  const at = inView.find(({ bottom }) => bottom > TOP_LINE_PX)
  if (at?.row.kind === 'message')
    return { message: at.row.message, isCut: !at.row.isFirst || at.top < 0 }
  const next = inView.find(({ row }) => row.kind === 'message')
  return { message: next?.row.kind === 'message' ? next.row.message : undefined, isCut: false }
}
