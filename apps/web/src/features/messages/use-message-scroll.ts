import type { MessagePages } from '@conclave/client/history/message-pages'
import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import type { MessageRow } from './message-rows.ts'
import { isAwayFromEnd } from './list-end.ts'
import type { Pane } from './list-pane.ts'
import { topOfView, type TopStore } from './top-of-view.ts'
import type { Destination, PlacesLeft } from './use-destination.ts'
import { useListPane, type Opening } from './use-list-pane.ts'

/** So few rows are left above or below when more are loaded; more for somebody who scrolls, because they may be fast. */
const AHEAD_ROWS = 20
const AHEAD_SCROLLING_ROWS = 60
/** A message of which so little is below the view has been read. */
const UNREAD_BELOW_PX = 4
const COVERED_COUNTS = { visibilityProperty: true }

/**
 * Where the list is, and what follows from that. It opens at its destination. When a message arrives, it follows the end if
 * the reader is near it. When rows change their size, as by a reaction, it keeps the end in view only if they rest at the very
 * end. Otherwise what is read stays where it is.
 */
export function useMessageScroll(options: {
  rows: readonly MessageRow[]
  reachesEnd: boolean
  destination: Destination
  go: (to: Pick<Destination, 'place' | 'show'>) => void
  places: PlacesLeft
  pageKey: string
  besidePanel: boolean
  pages: MessagePages
  top: TopStore
  onRead: (seq: number) => void
}) {
  const { rows, reachesEnd, destination, go, places, pageKey, pages, top, onRead } = options
  const [isAway, setIsAway] = useState(false)
  const [arrivedAt, setArrivedAt] = useState(destination.nth)
  const [hasScrolled, setHasScrolled] = useState(false)
  const isSeen = useIsSeen(options.besidePanel)

  const { goTo, goToEnd, now, ...pane } = useListPane({
    rows,
    reachesEnd,
    opening: openingAt(rows, destination),
    onSettled: (pane, isByHand) => {
      if (isByHand) setHasScrolled(true)
      setIsAway(isAwayFromEnd(pane))
      places.set(pageKey, placeIn(pane))
      top.change(topOfView(pane), isByHand)
      loadMore(pane)
      const seq = isSeen(pane) ? lastSeqRead(pane) : undefined
      if (seq !== undefined) onRead(seq)
    },
    onRest: (pane) => {
      top.rest()
      setIsAway(isAwayFromEnd(pane))
    },
  })

  function loadMore({ inView, followsEnd, scroller }: Pane): void {
    const ahead = hasScrolled ? AHEAD_SCROLLING_ROWS : AHEAD_ROWS
    const isShort = scroller.scrollHeight <= scroller.clientHeight
    const [first, last] = [inView[0]?.index ?? 0, inView.at(-1)?.index ?? 0]
    // What cannot be loaded is asked for again when the list moves again.
    if (isShort || (first < ahead && !followsEnd)) pages.more('older').catch(() => undefined)
    if (rows.length - last < ahead) pages.more('newer').catch(() => undefined)
    if (followsEnd) pages.keepEnd()
  }

  const arrive = useEffectEvent((nth: number) => {
    setArrivedAt(nth)
    const opening = openingAt(rows, destination)
    if (opening === 'end') goToEnd()
    else goTo(opening)
  })
  useEffect(() => {
    if (destination.nth !== arrivedAt) arrive(destination.nth)
  }, [destination.nth, arrivedAt])

  const lookAgain = useEffectEvent(() => {
    const shown = now()
    const seq = shown && isSeen(shown) ? lastSeqRead(shown) : undefined
    if (seq !== undefined) onRead(seq)
  })
  useOnceShown(lookAgain, options.besidePanel)

  const isFollowing = useCallback(() => {
    const shown = now()
    return shown !== undefined && shown.followsEnd && !shown.isLeaving && isSeen(shown)
  }, [now, isSeen])
  const toEnd = () => (reachesEnd ? goToEnd() : go({ place: 'end', show: 'end' }))
  return { ...pane, isAway, isFollowing, toEnd }
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

/** The last message whose end is in view. */
function lastSeqRead({ inView, scroller }: Pane): number | undefined {
  const read = inView.findLast(
    ({ row, bottom }) =>
      row.kind === 'message' &&
      row.message.seq !== undefined &&
      bottom <= scroller.clientHeight + UNREAD_BELOW_PX,
  )
  return read?.row.kind === 'message' ? read.row.message.seq : undefined
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

/** Calls back after the next frame, and whenever the tab is shown or hidden, or a panel beside it is opened or closed. */
function useOnceShown(lookAgain: () => void, besidePanel: boolean): void {
  const look = useEffectEvent(lookAgain)
  useEffect(() => {
    const frame = requestAnimationFrame(() => look())
    const onChange = () => look()
    document.addEventListener('visibilitychange', onChange)
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('visibilitychange', onChange)
    }
  }, [besidePanel])
}
