import { useEffect, useLayoutEffect, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import type { PaneElements } from './list-pane.ts'
import { carriedOver, mountedAround, type Mounted } from './list-range.ts'
import { createListView, type ListView, type Opening, type Rendered } from './list-view.ts'
import type { MessageRow } from './message-rows.ts'

const REST_AFTER_MS = 150

/**
 * Mounts the rows in view and some around them, and keeps what is read in its place. The last three elements in `scroller` are
 * the empty space above the rows, the rows, and the empty space below them.
 */
export function useListPane(
  options: Pick<Rendered, 'reachesEnd' | 'opening' | 'onSettled' | 'onRest'> & {
    rows: readonly MessageRow[]
    scroller: RefObject<HTMLElement | null>
  },
): { mounted: Mounted<MessageRow>; view: ListView } {
  const { rows, scroller, ...rest } = options
  const [view] = useState(createListView)
  const [changes] = useState(() => new MutationObserver(() => view.resized(false)))
  const [mounted, setMounted] = useMounted(rows, options.opening)
  useLayoutEffect(() => {
    const elements = elementsIn(scroller.current)
    if (!elements) return
    view.rendered({ ...rest, elements, mounted, mount: setMounted, atOnce: flushSync })
    // What has just been put into the page is taken into account.
    changes.takeRecords()
  })
  useEffect(() => listenTo(scroller.current, { view, changes }), [scroller, view, changes])
  return { mounted, view }
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

function elementsIn(scroller: HTMLElement | null): PaneElements | undefined {
  const [above, list, below] = [...(scroller?.children ?? [])].slice(-3) as HTMLElement[]
  return scroller && above && list && below ? { scroller, above, list, below } : undefined
}

interface Watching {
  view: ListView
  changes: MutationObserver
}

function listenTo(scroller: HTMLElement | null, of: Watching): (() => void) | undefined {
  const { view } = of
  const elements = elementsIn(scroller)
  if (!scroller || !elements) return undefined
  const stop = new AbortController()
  const passive = { passive: true, signal: stop.signal }
  let timer: ReturnType<typeof setTimeout> | undefined
  scroller.addEventListener(
    'scroll',
    () => {
      clearTimeout(timer)
      timer = setTimeout(view.rested, REST_AFTER_MS)
      view.scrolled()
    },
    passive,
  )
  scroller.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && view.turnedUp(), passive)
  const stopWatching = watchSizes(elements, of)
  return () => {
    clearTimeout(timer)
    stop.abort()
    stopWatching()
  }
}

/** Before the browser draws what has another size now; and after a change of a row, before anything else happens. */
function watchSizes({ scroller, list }: PaneElements, { view, changes }: Watching): () => void {
  const sizes = new ResizeObserver((entries) =>
    view.resized(entries.some(({ target }) => target === scroller)),
  )
  sizes.observe(scroller)
  sizes.observe(list)
  changes.observe(list, { childList: true, characterData: true, subtree: true })
  return () => {
    sizes.disconnect()
    changes.disconnect()
  }
}
