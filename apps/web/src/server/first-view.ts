import type { QueryClient } from '@tanstack/react-query'
import { createContext, use } from 'react'

const QUIET_MS = 100
const AT_LATEST_MS = 3_000

/**
 * Settles once no request has been running for a moment: the first view is complete, and the line is free for the rest.
 * It does not wait for an api that is unavailable.
 */
export function firstViewShown(queryClient: QueryClient): Promise<void> {
  return new Promise((resolve) => {
    let quiet: ReturnType<typeof setTimeout> | undefined
    const latest = setTimeout(settle, AT_LATEST_MS)
    const unsubscribe = queryClient.getQueryCache().subscribe(watch)
    watch()

    function watch(): void {
      clearTimeout(quiet)
      if (queryClient.isFetching() === 0) quiet = setTimeout(settle, QUIET_MS)
    }

    function settle(): void {
      unsubscribe()
      clearTimeout(quiet)
      clearTimeout(latest)
      resolve()
    }
  })
}

export interface FirstView {
  isShown: boolean
  /** The parts that were loaded after it, by the function that loads them. */
  loaded: Map<() => Promise<unknown>, unknown>
}

export const FirstViewContext = createContext<FirstView>({ isShown: false, loaded: new Map() })

export function useFirstViewShown(): boolean {
  return use(FirstViewContext).isShown
}
