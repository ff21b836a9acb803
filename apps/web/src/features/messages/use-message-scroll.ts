import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import type { VirtualizerHandle } from 'virtua'
import { openingRow, type MessageRow, type Visit } from './message-rows.ts'

const NEAR_END_PX = 100
const NEAR_START_PX = 400
const COVERED_COUNTS = { visibilityProperty: true }

/**
 * Where the list is scrolled to. It opens where the reader left off, follows the end while they are near it, and
 * otherwise never moves by itself: for rows added above, the virtualizer compensates (`shift`).
 */
export function useMessageScroll(options: {
  rows: readonly MessageRow[]
  visit: Visit
  besidePanel: boolean
  scroller: RefObject<HTMLElement | null>
  loadOlder: () => void
  onRead: (seq: number) => void
}) {
  const { rows, visit, besidePanel, scroller, loadOlder, onRead } = options
  const list = useRef<VirtualizerHandle>(null)
  const followsEnd = useRef(false)
  const isOpened = useRef(false)
  const lastOffset = useRef(0)
  const [isAway, setIsAway] = useState(false)

  const toEnd = useCallback(() => {
    followsEnd.current = true
    list.current?.scrollToIndex(rows.length - 1, { align: 'end' })
  }, [rows.length])

  const settle = useCallback(() => {
    const handle = list.current
    if (!handle || !isOpened.current) return
    const away = handle.scrollSize - handle.scrollOffset - handle.viewportSize > NEAR_END_PX
    setIsAway(away && !followsEnd.current)
    if (handle.scrollOffset < NEAR_START_PX && !followsEnd.current) loadOlder()
    if (handle.scrollSize <= handle.viewportSize) loadOlder()
    // On a narrow screen an open panel covers the list, which is then read only once the panel is closed.
    const isCovered = besidePanel && !scroller.current?.checkVisibility(COVERED_COUNTS)
    if (document.visibilityState === 'visible' && !isCovered) {
      const seq = lastSeqInView(handle, rows)
      if (seq !== undefined) onRead(seq)
    }
  }, [rows, besidePanel, scroller, loadOlder, onRead])

  const onScroll = useCallback(
    (offset: number) => {
      const pane = scroller.current
      if (!pane) return
      // Measured on the element: while rows are added above, the virtualizer's own size is a step behind.
      const fromEnd = pane.scrollHeight - pane.scrollTop - pane.clientHeight
      // Growing content also moves the end away; only scrolling up means that the reader has left it.
      if (fromEnd <= NEAR_END_PX) followsEnd.current = true
      else if (offset < lastOffset.current) followsEnd.current = false
      lastOffset.current = offset
      settle()
    },
    [scroller, settle],
  )

  const onResize = useCallback(() => {
    if (followsEnd.current) toEnd()
    settle()
  }, [toEnd, settle])

  useLayoutEffect(() => {
    if (isOpened.current || rows.length === 0) return
    const index = openingRow(rows, visit)
    followsEnd.current = index === rows.length - 1
    list.current?.scrollToIndex(index, { align: followsEnd.current ? 'end' : 'start' })
    isOpened.current = true
  }, [rows, visit])
  useOnNewLast(rows, (isMine) => {
    if (isOpened.current && (isMine || followsEnd.current)) toEnd()
  })
  useOnceShown(settle)

  return { list, isAway, toEnd, onScroll, onResize }
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
    if (row?.kind === 'message' && row.message.seq !== undefined && end <= bottom + 4) {
      return row.message.seq
    }
  }
  return undefined
}
