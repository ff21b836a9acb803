import { useQueryClient } from '@tanstack/react-query'
import { use, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { ScrollerContext } from '../../ui/WholeList.tsx'

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
  const isBack = useRef(false)

  useLayoutEffect(() => {
    const outer = scroller?.current
    if (!place || !outer || isBack.current) return
    const stop = new AbortController()
    const end = () => stop.abort()
    // Until the rows are measured, the list is not as long as it was.
    const observer = new ResizeObserver(goBack)
    for (const element of outer.children) observer.observe(element)
    for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const)
      outer.addEventListener(event, end, { signal: stop.signal, passive: true })
    stop.signal.addEventListener('abort', () => observer.disconnect())
    goBack()
    return end

    function goBack(): void {
      if (!outer || !place) return
      outer.scrollTop = place.top
      const hit = hitElement(outer, place.hitId)
      if (Math.abs(outer.scrollTop - place.top) > 1 || !hit) return
      isBack.current = true
      hit.focus({ preventScroll: true })
    }
  }, [place, scroller])

  useEffect(() => () => void (isBack.current = false), [])
  const keep = useCallback(
    (hitId: string) => {
      const top = scroller?.current?.scrollTop ?? 0
      queryClient.setQueryData<SearchPlace>(keyOf(entry), { hitId, top })
    },
    [queryClient, entry, scroller],
  )
  return { openedId: place?.hitId, keep }
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
