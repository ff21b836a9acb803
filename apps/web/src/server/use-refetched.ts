import { useEffect, useRef } from 'react'
import type { Page, Pages } from './use-pages.ts'

/** The least time between two requests for a list that keeps changing, for each of its pages. */
const REFETCH_AFTER_MS = 1_000

/** Fetches the loaded pages of a list again when it has changed on the server since (`rev`), but never without a pause. */
export function useRefetched<P extends Page & { rev?: number }>(list: Pages<P>, rev: number): void {
  const { pages, isFetching, refetch } = list
  const asked = useRef(rev)
  const fetchedAt = useRef(0)
  const isBehind = pages?.some((page) => page.rev === undefined || page.rev < rev) === true
  useEffect(() => {
    if (!isBehind || isFetching || asked.current === rev) return
    const pause = REFETCH_AFTER_MS * (pages?.length ?? 1)
    const timer = setTimeout(
      () => {
        asked.current = rev
        fetchedAt.current = performance.now()
        refetch()
      },
      Math.max(0, fetchedAt.current + pause - performance.now()),
    )
    return () => clearTimeout(timer)
  }, [isBehind, isFetching, rev, pages, refetch])
}
