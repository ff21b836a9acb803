import { useQueryClient } from '@tanstack/react-query'
import { use, useEffect, useLayoutEffect, useRef, useState } from 'react'
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
export function useSearchPlace(
  entry: string,
  list: { current: HTMLElement | null },
): { openedId: string | undefined; keep: (hitId: string) => void } {
  const queryClient = useQueryClient()
  const scroller = use(ScrollerContext)
  const key = ['search-place', entry]
  const [place] = useState(() => queryClient.getQueryData<SearchPlace>(key))
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
      const hit = hitElement(list.current, place.hitId)
      if (Math.abs(outer.scrollTop - place.top) > 1 || !hit) return
      isBack.current = true
      hit.focus({ preventScroll: true })
    }
  }, [place, scroller, list])

  useEffect(() => () => void (isBack.current = false), [])
  return {
    openedId: place?.hitId,
    keep: (hitId) =>
      queryClient.setQueryData<SearchPlace>(key, { hitId, top: scroller?.current?.scrollTop ?? 0 }),
  }
}

function hitElement(list: HTMLElement | null, hitId: string | undefined): HTMLElement | undefined {
  const hits = list?.querySelectorAll<HTMLElement>('[data-hit]') ?? []
  return [...hits].find((hit) => hit.dataset['hit'] === hitId)
}
