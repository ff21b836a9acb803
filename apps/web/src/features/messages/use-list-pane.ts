import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { cameToRest, scrolledBy, takeFromEnd, takeToEnd } from './list-end.ts'
import { createPane, follow, jumpedTo, settle, type Pane, type Target } from './list-pane.ts'
import { carriedOver, mountedAround, type Mounted } from './list-range.ts'
import type { MessageRow } from './message-rows.ts'

const REST_AFTER_MS = 150

/** Where the list opens: at a row, or at its end. */
export type Opening = Target | 'end'

export interface PaneElements {
  scroller: RefObject<HTMLDivElement | null>
  above: RefObject<HTMLDivElement | null>
  list: RefObject<HTMLDivElement | null>
  below: RefObject<HTMLDivElement | null>
}

export interface ListPane {
  elements: PaneElements
  mounted: Mounted<MessageRow>
  goTo: (target: Target) => void
  goToEnd: () => void
  /** The pane as it is now; undefined before the first rows are there. */
  now: () => Pane | undefined
}

/** Mounts the rows in view and some around them, and keeps what is read in its place. */
export function useListPane(options: {
  rows: readonly MessageRow[]
  reachesEnd: boolean
  opening: Opening
  /** What is in view has changed; `isByHand` if the reader has scrolled. */
  onSettled: (pane: Pane, isByHand: boolean) => void
  onRest: (pane: Pane) => void
}): ListPane {
  const { rows, reachesEnd, opening } = options
  const elements = usePaneElements()
  const pane = useRef<Pane>(undefined)
  const [mounted, setMounted] = useMounted(rows, opening)
  const onSettled = useEffectEvent(options.onSettled)
  const onRest = useEffectEvent(options.onRest)

  /** Mounts what is missing; only for what somebody sees now, before anything else. */
  const settleNow = useEffectEvent((isByHand: boolean) => {
    const now = pane.current
    if (!now) return
    const wanted = settle(now)
    if (wanted) setMounted(wanted)
    else onSettled(now, isByHand)
  })

  useLayoutEffect(() => {
    const now = (pane.current ??= openPane(elements, mounted, opening))
    if (!now) return
    now.isResized ||= now.mounted.rows !== mounted.rows && now.mounted.start !== mounted.start
    now.mounted = mounted
    now.reachesEnd = reachesEnd
    takeAlong(now)
    settleNow(false)
  })
  useOnScroll(elements.scroller, {
    onScroll: () => {
      const now = pane.current
      if (!now) return
      const by = follow(now)
      if (by !== 0) scrolledBy(now, by)
      const jumped = jumpedTo(now)
      if (jumped) flushSync(() => setMounted(jumped))
      settleNow(by !== 0)
    },
    onRest: () => {
      if (!pane.current) return
      cameToRest(pane.current)
      onRest(pane.current)
    },
    onWheelUp: () => {
      // They are on their way, although the list may be scrolled only after what grows in this frame.
      if (pane.current) pane.current.restsAtEnd = false
    },
  })
  useOnResize(elements, (isView) => {
    if (pane.current && isView) pane.current.isMoved = true
    settleNow(false)
  })

  return {
    elements,
    mounted,
    now: () => pane.current,
    goTo: (target) => {
      const now = pane.current
      const index = rows.findIndex(({ key }) => key === target.key)
      if (!now || index < 0) return
      takeFromEnd(now)
      now.target = target
      now.isMoved = true
      setMounted(mountedAround(rows, index))
    },
    goToEnd: () => {
      if (!pane.current) return
      takeToEnd(pane.current)
      setMounted(mountedAround(rows, rows.length - 1))
    },
  }
}

function usePaneElements(): PaneElements {
  const scroller = useRef<HTMLDivElement>(null)
  const above = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const below = useRef<HTMLDivElement>(null)
  const [elements] = useState({ scroller, above, list, below })
  return elements
}

function useMounted(rows: readonly MessageRow[], opening: Opening) {
  const [mounted, setMounted] = useState(() => mountedAround(rows, indexOf(rows, opening)))
  if (mounted.rows === rows) return [mounted, setMounted] as const
  const carried = carriedOver(mounted, rows)
  setMounted(carried)
  return [carried, setMounted] as const
}

function indexOf(rows: readonly MessageRow[], opening: Opening): number {
  const index = opening === 'end' ? -1 : rows.findIndex(({ key }) => key === opening.key)
  return index < 0 ? rows.length - 1 : index
}

function openPane(
  { scroller, above, list, below }: PaneElements,
  mounted: Mounted<MessageRow>,
  opening: Opening,
): Pane | undefined {
  if (!scroller.current || !above.current || !list.current || !below.current) return undefined
  const pane = createPane(
    { scroller: scroller.current, above: above.current, list: list.current, below: below.current },
    mounted,
  )
  if (opening === 'end') takeToEnd(pane)
  else pane.target = opening
  pane.isResized = true
  return pane
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

function useOnScroll(
  scroller: RefObject<HTMLElement | null>,
  on: { onScroll: () => void; onRest: () => void; onWheelUp: () => void },
): void {
  const onScroll = useEffectEvent(on.onScroll)
  const onRest = useEffectEvent(on.onRest)
  const onWheelUp = useEffectEvent(on.onWheelUp)
  useEffect(() => {
    const pane = scroller.current
    let timer: ReturnType<typeof setTimeout> | undefined
    const scrolled = () => {
      clearTimeout(timer)
      timer = setTimeout(() => onRest(), REST_AFTER_MS)
      onScroll()
    }
    const wheeled = ({ deltaY }: WheelEvent) => {
      if (deltaY < 0) onWheelUp()
    }
    pane?.addEventListener('scroll', scrolled, { passive: true })
    pane?.addEventListener('wheel', wheeled, { passive: true })
    return () => {
      clearTimeout(timer)
      pane?.removeEventListener('scroll', scrolled)
      pane?.removeEventListener('wheel', wheeled)
    }
  }, [scroller])
}

/** Before the browser draws what has another size now; and after a change of a row, before anything else happens. */
function useOnResize({ scroller, list }: PaneElements, onResized: (isView: boolean) => void): void {
  const onResize = useEffectEvent(onResized)
  useEffect(() => {
    const observer = new ResizeObserver((entries) =>
      onResize(entries.some(({ target }) => target === scroller.current)),
    )
    if (scroller.current) observer.observe(scroller.current)
    const changes = new MutationObserver(() => onResize(false))
    if (list.current) {
      observer.observe(list.current)
      changes.observe(list.current, { childList: true, characterData: true, subtree: true })
    }
    return () => {
      observer.disconnect()
      changes.disconnect()
    }
  }, [scroller, list])
}
