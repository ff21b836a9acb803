import {
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type RefObject,
} from 'react'
import type { VirtualizerHandle } from 'virtua'
import { openingRow, type MessageRow, type Visit } from './message-rows.ts'

/** So near to the end the reader is taken along when a message arrives. */
const NEAR_END_PX = 100
/** So near they are at the end, and stay there whatever grows. Sizes and positions of elements are rounded. */
const AT_END_PX = 2
const CLAMPED_PX = 0.5
const NEAR_START_PX = 400
/** For so long after it was told to go to the end, the virtualizer goes up and down as rows are measured. */
const TAKING_MS = 250
const HANDS = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const
const SCROLL_KEYS = /^(?:ArrowUp|ArrowDown|PageUp|PageDown|Home|End| )$/
const COVERED_COUNTS = { visibilityProperty: true }

/**
 * Where the list is scrolled to. It opens where the reader left off. When a message arrives, it follows the end if they are
 * near it. When rows change their size, as by a reaction, it keeps the end in view only if they rest at the very end.
 * Otherwise it never moves by itself: for rows added above, the virtualizer compensates (`shift`).
 */
export function useMessageScroll(options: {
  rows: readonly MessageRow[]
  visit: Visit
  besidePanel: boolean
  scroller: RefObject<HTMLElement | null>
  loadOlder: () => void
  onRead: (seq: number) => void
  onScrolled: () => void
}) {
  const { rows, visit, besidePanel, scroller, loadOlder, onRead, onScrolled } = options
  const list = useRef<VirtualizerHandle>(null)
  const isOpened = useRef(false)
  const { followsEnd, restsAtEnd, isLeaving, onMove, onRest, onTakenToEnd } = useEnd(scroller)
  const [isAway, setIsAway] = useState(false)

  const toEnd = useCallback(() => {
    onTakenToEnd()
    list.current?.scrollToIndex(rows.length - 1, { align: 'end' })
  }, [rows.length, onTakenToEnd])

  const isSeen = useCallback(() => {
    // On a narrow screen an open panel covers the list, which is then read only once the panel is closed.
    const isCovered = besidePanel && !scroller.current?.checkVisibility(COVERED_COUNTS)
    return document.visibilityState === 'visible' && !isCovered
  }, [besidePanel, scroller])
  const isFollowing = useCallback(
    () => isOpened.current && followsEnd.current && !isLeaving.current && isSeen(),
    [followsEnd, isLeaving, isSeen],
  )

  const settle = useCallback(() => {
    const handle = list.current
    if (!handle || !isOpened.current) return
    const away = handle.scrollSize - handle.scrollOffset - handle.viewportSize > NEAR_END_PX
    setIsAway(away && !followsEnd.current)
    if (handle.scrollOffset < NEAR_START_PX && !followsEnd.current) loadOlder()
    if (handle.scrollSize <= handle.viewportSize) loadOlder()
    if (!isSeen()) return
    const seq = lastSeqInView(handle, rows)
    if (seq !== undefined) onRead(seq)
  }, [rows, isSeen, loadOlder, onRead, followsEnd])

  const onScroll = useCallback((offset: number) => (onMove(offset), settle()), [onMove, settle])
  const onScrollEnd = useCallback(() => (onRest(), settle()), [onRest, settle])
  const onResize = useCallback(() => {
    if (restsAtEnd.current) toEnd()
    settle()
  }, [restsAtEnd, toEnd, settle])

  useLayoutEffect(() => {
    if (isOpened.current || rows.length === 0) return
    const index = openingRow(rows, visit)
    if (index === rows.length - 1) toEnd()
    else list.current?.scrollToIndex(index, { align: 'start' })
    isOpened.current = true
  }, [rows, visit, toEnd])
  useOnNewLast(rows, (isMine) => {
    const isTaken = followsEnd.current && !isLeaving.current
    if (isOpened.current && (isMine || isTaken)) toEnd()
  })
  useOnceShown(settle)
  useOnScrollHand(scroller, onScrolled, settle)

  return { list, isAway, isFollowing, toEnd, onScroll, onScrollEnd, onResize }
}

/** How the reader stands to the end. Only scrolling up means that they have left it: growing content moves it away too. */
function useEnd(scroller: RefObject<HTMLElement | null>) {
  const followsEnd = useRef(false)
  const restsAtEnd = useRef(false)
  const isLeaving = useRef(false)
  const lastOffset = useRef(0)
  const takenAt = useRef(-Infinity)
  useOnHand(scroller, (event) => {
    takenAt.current = -Infinity
    // They are on their way, although the list may be scrolled only after what grows in this frame.
    if (event instanceof WheelEvent && event.deltaY < 0) restsAtEnd.current = false
  })

  const onMove = useCallback(
    (offset: number) => {
      const fromEnd = fromEndOf(scroller.current)
      // Where something shrank at the end, the browser moves the reader up, and they are still there.
      const isTaken = performance.now() - takenAt.current < TAKING_MS
      const isUp = offset < lastOffset.current && fromEnd > CLAMPED_PX && !isTaken
      lastOffset.current = offset
      isLeaving.current = isUp
      if (fromEnd <= NEAR_END_PX) followsEnd.current = true
      else if (isUp) followsEnd.current = false
      // In the first pixels of their way up, nobody is taken back.
      if (isUp) restsAtEnd.current = false
      else if (fromEnd <= AT_END_PX) restsAtEnd.current = true
    },
    [scroller],
  )
  const onRest = useCallback(() => {
    const fromEnd = fromEndOf(scroller.current)
    if (isLeaving.current) followsEnd.current = fromEnd <= NEAR_END_PX
    if (fromEnd <= AT_END_PX) restsAtEnd.current = true
    isLeaving.current = false
  }, [scroller])
  const onTakenToEnd = useCallback(() => {
    followsEnd.current = true
    restsAtEnd.current = true
    isLeaving.current = false
    takenAt.current = performance.now()
  }, [])
  return { followsEnd, restsAtEnd, isLeaving, onMove, onRest, onTakenToEnd }
}

/** Calls back when somebody scrolls by themselves, and `after` it, also at the very end, where nothing moves any more. */
function useOnScrollHand(
  scroller: RefObject<HTMLElement | null>,
  onScrolled: () => void,
  after: () => void,
): void {
  useOnHand(scroller, (event) => {
    if (!isScrolling(event, scroller.current)) return
    onScrolled()
    requestAnimationFrame(after)
  })
}

/** Whether somebody scrolls with it, and does not press a button, say. On the bar of the pane itself, a pointer scrolls. */
function isScrolling(event: Event, pane: HTMLElement | null): boolean {
  if (event instanceof KeyboardEvent) return SCROLL_KEYS.test(event.key)
  return event.type !== 'pointerdown' || event.target === pane
}

/** Calls back when somebody may be about to scroll by themselves. */
function useOnHand(scroller: RefObject<HTMLElement | null>, onHand: (event: Event) => void): void {
  const hand = useEffectEvent(onHand)
  useEffect(() => {
    const pane = scroller.current
    const listener = (event: Event) => hand(event)
    for (const type of HANDS) pane?.addEventListener(type, listener, { passive: true })
    return () => {
      for (const type of HANDS) pane?.removeEventListener(type, listener)
    }
  }, [scroller])
}

/** Measured on the element: while rows are added above, the virtualizer's own size is a step behind. */
function fromEndOf(pane: HTMLElement | null): number {
  return pane ? pane.scrollHeight - pane.scrollTop - pane.clientHeight : 0
}

/** Calls back when another row has become the last; `isMine` when it is a message that I am sending. */
function useOnNewLast(rows: readonly MessageRow[], onNewLast: (isMine: boolean) => void): void {
  const lastKey = useRef<string>(undefined)
  useLayoutEffect(() => {
    const last = rows.at(-1)
    if (last?.key === lastKey.current) return
    lastKey.current = last?.key
    onNewLast(last?.kind === 'message' && last.message.pending !== undefined)
  })
}

/** Calls back after the next frame, and whenever the tab is shown or hidden. */
function useOnceShown(settle: () => void): void {
  useEffect(() => {
    const frame = requestAnimationFrame(settle)
    document.addEventListener('visibilitychange', settle)
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('visibilitychange', settle)
    }
  }, [settle])
}

function lastSeqInView(handle: VirtualizerHandle, rows: readonly MessageRow[]): number | undefined {
  const bottom = handle.scrollOffset + handle.viewportSize
  const last = handle.findItemIndex(bottom)
  for (let index = Math.min(last, rows.length - 1); index >= 0; index--) {
    const row = rows[index]
    const end = handle.getItemOffset(index) + handle.getItemSize(index)
    if (row?.kind === 'message' && row.throughSeq !== undefined && end <= bottom + 4) {
      return row.throughSeq
    }
  }
  return undefined
}
