import {
  cameToRest,
  holdInPlace,
  scrolledBy,
  standsAgain,
  takeFromEnd,
  takeToEnd,
} from './list-end.ts'
import {
  aheadOf,
  createPane,
  follow,
  jumpedTo,
  settle,
  type Pane,
  type PaneElements,
  type Target,
} from './list-pane.ts'
import { mountedAround, type Mounted } from './list-range.ts'
import type { MessageRow } from './message-rows.ts'

/** Where the list opens: at a row, or at its end. */
export type Opening = Target | 'end'

/** A list as it was just rendered. */
export interface Rendered {
  elements: PaneElements
  mounted: Mounted<MessageRow>
  reachesEnd: boolean
  opening: Opening
  mount: (mounted: Mounted<MessageRow>) => void
  /** Does something, and mounts what it asks for before the browser draws. */
  atOnce: (act: () => void) => void
  /** What is in view has changed; `isByHand` if the reader has scrolled. */
  onSettled: (pane: Pane, isByHand: boolean) => void
  onRest: (pane: Pane) => void
}

/** Reacts to whatever happens to the list, so that what is read stays where it is and rows are mounted in time. */
export interface ListView {
  /** Before what is rendered is put into the page: the browser scrolls by itself where there is less than before. */
  aboutToChange: () => void
  rendered: (rendered: Rendered) => void
  scrolled: () => void
  rested: () => void
  /** The reader turns the wheel upwards. */
  turnedUp: () => void
  /** Rows, or the view itself, have another size. */
  resized: (isView: boolean) => void
  /** The reader is about to unfold this row: its top stays in its place, and what unfolds is below it, also at the end. */
  hold: (key: string) => void
  goTo: (target: Target) => void
  goToEnd: () => void
  /** Undefined before the first rows are there. */
  pane: () => Pane | undefined
}

export function createListView(): ListView {
  let pane: Pane | undefined
  let now: Rendered | undefined
  /** Whether the reader has scrolled since this was last told. */
  let isByHand = false
  const mountSoon = onceDrawn(() => (catchUp(), mount(pane && aheadOf(pane))))

  /** The reader may have scrolled although the browser tells of that only with the next frame. */
  function catchUp(): void {
    if (pane && hasScrolled(pane)) isByHand = true
  }

  function mount(wanted: Mounted<MessageRow> | undefined): void {
    if (wanted) now?.mount(wanted)
  }

  function settleNow(): void {
    if (!pane || !now) return
    const wanted = settle(pane)
    if (wanted) return now.mount(wanted)
    if (pane.isHeld) standsAgain(pane)
    const wasByHand = isByHand
    isByHand = false
    now.onSettled(pane, wasByHand)
    if (aheadOf(pane)) mountSoon()
  }

  return {
    rendered: (rendered) => {
      now = rendered
      pane ??= openPane(rendered)
      update(pane, rendered)
      settleNow()
    },
    aboutToChange: catchUp,
    scrolled: () => {
      catchUp()
      now?.atOnce(() => {
        const jumped = pane && jumpedTo(pane)
        return jumped ? mount(jumped) : settleNow()
      })
    },
    rested: () => {
      if (pane) cameToRest(pane)
      if (pane) now?.onRest(pane)
    },
    turnedUp: () => {
      // They are on their way, although the list may be scrolled only after what grows in this frame.
      if (pane) pane.restsAtEnd = false
    },
    resized: (isView) => {
      if (pane && isView) pane.isMoved = true
      catchUp()
      settleNow()
    },
    hold: (key) => (catchUp(), pane && holdInPlace(pane, key)),
    goTo: (target) => mount(pane && aimAt(pane, target)),
    goToEnd: () => {
      const rows = now?.mounted.rows ?? []
      if (pane) takeToEnd(pane)
      now?.mount(mountedAround(rows, rows.length - 1))
    },
    pane: () => pane,
  }
}

/** Acts once, after what happens now, however often that is asked for. */
function onceDrawn(act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined
      act()
    })
  }
}

/** The rows around where the list goes. */
function aimAt(pane: Pane, target: Target): Mounted<MessageRow> | undefined {
  const { rows } = pane.mounted
  const index = rows.findIndex(({ key }) => key === target.key)
  if (index < 0) return undefined
  takeFromEnd(pane, target)
  pane.isMoved = true
  return mountedAround(rows, index)
}

function hasScrolled(pane: Pane): boolean {
  const by = follow(pane)
  if (by !== 0) scrolledBy(pane, by)
  return by !== 0
}

function openPane({ elements, mounted, opening }: Rendered): Pane {
  const pane = createPane(elements, mounted)
  if (opening === 'end') takeToEnd(pane)
  else pane.target = opening
  pane.isResized = true
  return pane
}

function update(pane: Pane, { mounted, reachesEnd }: Rendered): void {
  const isOther = pane.mounted.rows !== mounted.rows
  if (isOther && pane.mounted.start !== mounted.start) pane.isResized = true
  pane.mounted = mounted
  pane.reachesEnd = reachesEnd
  takeAlong(pane)
}

/** Whoever follows the end is taken along by another last row, and whoever sends a message is taken to it. */
function takeAlong(pane: Pane): void {
  const last = pane.mounted.rows.at(-1)
  const isNew = last?.key !== pane.lastKey
  pane.lastKey = last?.key
  if (!isNew || !pane.reachesEnd) return
  const isMine = last?.kind === 'message' && last.message.pending !== undefined
  if (isMine || (pane.followsEnd && !pane.isLeaving)) takeToEnd(pane)
}
