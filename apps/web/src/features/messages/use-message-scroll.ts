import type { MessagePages } from '@conclave/client/history/message-pages'
import { useCallback, useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react'
import { isAwayFromEnd } from './list-end.ts'
import type { Pane } from './list-pane.ts'
import type { Opening } from './list-view.ts'
import type { MessageRow } from './message-rows.ts'
import { topOfView, type TopStore } from './top-of-view.ts'
import type { Destination, PlacesLeft } from './use-destination.ts'
import { useListPane } from './use-list-pane.ts'
import { useOnHand } from './use-on-hand.ts'

/** So few rows are left above or below when more are loaded; more for somebody who scrolls, because they may be fast. */
const AHEAD_ROWS = 20
const AHEAD_SCROLLING_ROWS = 60
/** A message of which so little is below the view has been read. */
const UNREAD_BELOW_PX = 4
/** After this what could not be loaded is asked for again. */
const AGAIN_MS = 2_000
const COVERED_COUNTS = { visibilityProperty: true }

interface Options {
  rows: readonly MessageRow[]
  scroller: RefObject<HTMLElement | null>
  reachesEnd: boolean
  destination: Destination
  go: (to: Pick<Destination, 'place' | 'show'>) => void
  places: PlacesLeft
  pageKey: string
  besidePanel: boolean
  pages: MessagePages
  top: TopStore
  onRead: (seq: number) => void
  /** What is in view has been looked at, if the list is seen. */
  onLookedAt: (pane: Pane, isSeen: boolean) => void
  /** They have scrolled. */
  onMoved: () => void
  /** The reader goes on from where they are. */
  onScrolled: () => void
}

/**
 * Where the list is, and what follows from that. It opens at its destination. When a message arrives, it follows the end if
 * the reader is near it. When rows change their size, as by a reaction, it keeps the end in view only if they rest at the very
 * end. Otherwise what is read stays where it is.
 */
export function useMessageScroll(options: Options) {
  const { rows, scroller, reachesEnd, destination, go, places, pageKey, pages, top } = options
  const [isAway, setIsAway] = useState(false)
  const [hasScrolled, setHasScrolled] = useState(false)
  const isSeen = useIsSeen(options.besidePanel)
  const read = (pane: Pane) => lookAt(pane, isSeen(pane), options)

  const ahead = hasScrolled ? AHEAD_SCROLLING_ROWS : AHEAD_ROWS
  const [failures, setFailures] = useState(0)
  const load = (pane: Pane, rowsAhead: number) => {
    loadMore(pane, pages, rowsAhead).catch(() => setFailures((count) => count + 1))
  }
  const settled = (pane: Pane) => {
    setIsAway(isAwayFromEnd(pane))
    load(pane, ahead)
    read(pane)
  }

  const { mounted, view } = useListPane({
    rows,
    scroller,
    reachesEnd,
    opening: openingAt(rows, destination),
    onSettled: (pane, isByHand) => {
      if (isByHand) {
        setHasScrolled(true)
        options.onMoved()
      }
      places.set(pageKey, placeIn(pane))
      top.change(topOfView(pane), isByHand)
      settled(pane)
    },
    onRest: (pane) => {
      top.rest()
      settled(pane)
    },
  })
  // Nothing may move any more by which it would be asked for again.
  useLater(failures, AGAIN_MS, () => view.resized(false))

  const readInView = () => {
    const pane = view.pane()
    if (pane) read(pane)
  }
  useOnHand(scroller, () => {
    options.onScrolled()
    // At the edge of what is loaded the list cannot move, and yet it may have to be asked for again.
    const pane = view.pane()
    if (pane) load(pane, AHEAD_SCROLLING_ROWS)
    // At the very end nothing moves any more.
    requestAnimationFrame(readInView)
  })
  useOnNext(destination.nth, () => {
    options.onScrolled()
    const opening = openingAt(rows, destination)
    if (opening === 'end') view.goToEnd()
    else view.goTo(opening)
  })
  useOnceShown(readInView)
  const isFollowing = useCallback(() => {
    const pane = view.pane()
    return pane !== undefined && pane.followsEnd && !pane.isLeaving && isSeen(pane)
  }, [view, isSeen])
  const toEnd = () => (reachesEnd ? view.goToEnd() : go({ place: 'end', show: 'end' }))
  return { view, mounted, isAway, isFollowing, toEnd }
}

function lookAt(pane: Pane, isSeen: boolean, options: Options): void {
  options.onLookedAt(pane, isSeen)
  const seq = isSeen ? lastSeqRead(pane) : undefined
  if (seq !== undefined) options.onRead(seq)
}

/** Rejects if something could not be loaded. */
async function loadMore(pane: Pane, pages: MessagePages, ahead: number): Promise<void> {
  const { inView, followsEnd, scroller, mounted } = pane
  const isShort = scroller.scrollHeight <= scroller.clientHeight
  const [first, last] = [inView[0]?.index ?? 0, inView.at(-1)?.index ?? 0]
  if (followsEnd) pages.keepEnd()
  await Promise.all([
    isShort || (first < ahead && !followsEnd) ? pages.more('older') : undefined,
    mounted.rows.length - last < ahead ? pages.more('newer') : undefined,
  ])
}

function openingAt(rows: readonly MessageRow[], { place, show }: Destination): Opening {
  if (place === 'end') return 'end'
  const isThere = ({ kind }: MessageRow) => show === 'unread' && kind === 'new'
  const isMessage = (row: MessageRow) =>
    row.kind === 'message' && (row.message.seq ?? Infinity) >= place.seq
  const row = rows.find(isThere) ?? rows.find(isMessage)
  if (!row) return 'end'
  const at = show === 'link' ? 'center' : typeof show === 'number' ? show : 'start'
  return { key: row.key, at }
}

/** Where the reader is, for when they come back. */
function placeIn({ kept, inView, restsAtEnd }: Pane): Pick<Destination, 'place' | 'show'> {
  const first = inView.find(({ key }) => key === kept[0]?.key)
  const seq = first?.row.kind === 'message' ? first.row.message.seq : undefined
  if (restsAtEnd || !first || seq === undefined) return { place: 'end', show: 'end' }
  return { place: { seq }, show: first.top }
}

/** Up to where the room is read: the end of the last such message is in view. */
function lastSeqRead({ inView, scroller }: Pane): number | undefined {
  const read = inView.findLast(
    ({ row, bottom }) =>
      row.kind === 'message' &&
      row.throughSeq !== undefined &&
      bottom <= scroller.clientHeight + UNREAD_BELOW_PX,
  )
  return read?.row.kind === 'message' ? read.row.throughSeq : undefined
}

function useIsSeen(besidePanel: boolean): (pane: Pane) => boolean {
  return useCallback(
    ({ scroller }) => {
      // On a narrow screen an open panel covers the list, which is then read only once the panel is closed.
      const isCovered = besidePanel && !scroller.checkVisibility(COVERED_COUNTS)
      return document.visibilityState === 'visible' && !isCovered
    },
    [besidePanel],
  )
}

/** Calls back when the value is another than before, and not for the first. */
export function useOnNext<Value>(value: Value, onNext: () => void): void {
  const last = useRef(value)
  const next = useEffectEvent(onNext)
  useEffect(() => {
    if (last.current === value) return
    last.current = value
    next()
  }, [value])
}

/** Calls back so long after the count has grown. */
function useLater(count: number, ms: number, then: () => void): void {
  const onLater = useEffectEvent(then)
  useEffect(() => {
    if (count === 0) return
    const timer = setTimeout(() => onLater(), ms)
    return () => clearTimeout(timer)
  }, [count, ms])
}

/** Calls back after the next frame, and whenever the tab is shown or hidden. */
function useOnceShown(onShown: () => void): void {
  const shown = useEffectEvent(onShown)
  useEffect(() => {
    const frame = requestAnimationFrame(() => shown())
    const onChange = () => shown()
    document.addEventListener('visibilitychange', onChange)
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('visibilitychange', onChange)
    }
  }, [])
}
