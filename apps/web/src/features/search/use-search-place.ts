import { useQueryClient } from '@tanstack/react-query'
import { use, useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { ScrollerContext } from '../../ui/WholeList.tsx'

const GO_BACK_WITHIN_MS = 3_000

/** Where somebody was in the results: which one they opened, and how far they had scrolled. */
interface SearchPlace {
  hitId: string | undefined
  top: number
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
      const top = scroller?.current?.scrollTop ?? 0
      queryClient.setQueryData<SearchPlace>(keyOf(entry), { hitId, top })
    },
    [queryClient, entry, scroller],
  )
  return { openedId: place?.hitId, keep }
}

/**
 * In the next frames, because the page moves the focus to its heading first, and until its rows are measured the list is not
 * as long as it was. Whoever scrolls or types meanwhile is left alone. Returns what ends it.
 */
function goBackTo(outer: HTMLElement, { hitId, top }: SearchPlace): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const giveUpAt = performance.now() + GO_BACK_WITHIN_MS
  for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const)
    outer.addEventListener(event, () => stop.abort(), { signal, passive: true })
  requestAnimationFrame(step)
  return () => stop.abort()

  function step(): void {
    if (signal.aborted) return
    outer.scrollTop = top
    const hit = hitElement(outer, hitId)
    hit?.focus({ preventScroll: true })
    const isThere = Math.abs(outer.scrollTop - top) <= 1 && document.activeElement === hit
    if (isThere || performance.now() > giveUpAt) stop.abort()
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

function hitElement(list: HTMLElement, hitId: string | undefined): HTMLElement | undefined {
  const hits = list.querySelectorAll<HTMLElement>('[data-hit]')
  return [...hits].find((hit) => hit.dataset['hit'] === hitId)
}
