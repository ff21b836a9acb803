import { useQueryClient } from '@tanstack/react-query'
import { use, useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { ScrollerContext } from '../../ui/WholeList.tsx'

const GO_BACK_WITHIN_MS = 3_000
/** Frames in which nothing has moved any more: rows are measured a frame after they are there. */
const STILL_FRAMES = 5

/** Where somebody was in the results: which one they opened, how far they had scrolled, and how far down in the view it was. */
interface SearchPlace {
  hitId: string
  top: number
  offset: number
}

/**
 * Keeps the place in the results for whoever comes back to this entry of the history, and takes them there once; then the one
 * they opened has the focus.
 */
export function useSearchPlace(entry: string): {
  openedId: string | undefined
  keep: (hitId: string) => void
} {
  const queryClient = useQueryClient()
  const scroller = use(ScrollerContext)
  const [place] = useState(() => queryClient.getQueryData<SearchPlace>(keyOf(entry)))

  useLayoutEffect(() => {
    if (place) scroller?.current?.scrollTo(0, place.top)
  }, [place, scroller])

  useEffect(() => {
    const outer = scroller?.current
    if (!place || !outer) return
    return goBackTo(outer, place)
  }, [place, scroller])

  const keep = useCallback(
    (hitId: string) => {
      const outer = scroller?.current
      const hit = outer && hitElement(outer, hitId)
      if (!hit) return
      const place = { hitId, top: outer.scrollTop, offset: offsetIn(outer, hit) }
      queryClient.setQueryData<SearchPlace>(keyOf(entry), place)
    },
    [queryClient, entry, scroller],
  )
  return { openedId: place?.hitId, keep }
}

/**
 * In the next frames, because the page moves the focus to its heading first, and until its rows are measured, those above are
 * not as high as they were: the result itself is what comes to the same place. Whoever scrolls or types meanwhile is left alone. Returns what ends it.
 */
function goBackTo(outer: HTMLElement, { hitId, top, offset }: SearchPlace): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const giveUpAt = performance.now() + GO_BACK_WITHIN_MS
  for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const)
    outer.addEventListener(event, () => stop.abort(), { signal, passive: true })
  let still = 0
  requestAnimationFrame(step)
  return () => stop.abort()

  function step(): void {
    if (signal.aborted) return
    const hit = hitElement(outer, hitId)
    const away = hit ? offsetIn(outer, hit) - offset : top - outer.scrollTop
    if (Math.abs(away) > 1) outer.scrollTop += away
    hit?.focus({ preventScroll: true })
    const isThere = Math.abs(away) <= 1 && document.activeElement === hit
    still = isThere ? still + 1 : 0
    if (still > STILL_FRAMES || performance.now() > giveUpAt) stop.abort()
    else requestAnimationFrame(step)
  }
}

/** Whether somebody opened a result in this entry of the history before, and is taken back to it. */
export function useCameBack(entry: string): boolean {
  const queryClient = useQueryClient()
  const [cameBack] = useState(() => queryClient.getQueryData(keyOf(entry)) !== undefined)
  return cameBack
}

function keyOf(entry: string) {
  return ['search-place', entry]
}

function offsetIn(outer: HTMLElement, hit: HTMLElement): number {
  return hit.getBoundingClientRect().top - outer.getBoundingClientRect().top
}

function hitElement(list: HTMLElement, hitId: string): HTMLElement | undefined {
  const hits = list.querySelectorAll<HTMLElement>('[data-hit]')
  return [...hits].find((hit) => hit.dataset['hit'] === hitId)
}
