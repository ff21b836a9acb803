import {
  keepPreviousData,
  useInfiniteQuery,
  type InfiniteData,
  type QueryKey,
} from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { More } from '../ui/WholeList.tsx'
import { errorMessage } from './problem-message.ts'

const KEPT_MS = 60_000

/** A page of a list on the server. */
export interface Page {
  next?: string | undefined
}

export type PagesData<P extends Page> = InfiniteData<P, string | undefined>

/** What the server is asked for: the first page, or the one after another. */
export interface PageQuery {
  after?: string
  search?: string
}

export interface Pages<P extends Page> {
  /** Those that were loaded so far; undefined until there is one. */
  pages: readonly P[] | undefined
  /** Whether these are still the results of the search before. */
  isStale: boolean
  isFetching: boolean
  /** Why the last attempt to load the list failed. */
  error: Error | null
  /** Asks again for what was loaded so far. */
  refetch: () => void
  more: More
}

/**
 * A list that is loaded page by page as far as somebody scrolls, and searched on the server. It is loaded again whenever it
 * is shown.
 */
export function usePages<P extends Page>(options: {
  /** Under which the cache keeps it, without the search. */
  queryKey: QueryKey
  search: string
  load: (query: PageQuery) => Promise<P>
  /** Whether the list stays as it was loaded for as long as it is shown, unless it is asked for again. */
  isFixed?: boolean
  /** How long it is kept when it is not shown, in milliseconds. */
  keptMs?: number
}): Pages<P> {
  const { queryKey, search, load, isFixed = false, keptMs = isFixed ? 0 : KEPT_MS } = options
  const query = useInfiniteQuery({
    queryKey: [...queryKey, search],
    queryFn: ({ pageParam: after }: { pageParam: string | undefined }) =>
      load({ ...(search === '' ? {} : { search }), ...(after === undefined ? {} : { after }) }),
    initialPageParam: undefined,
    getNextPageParam: ({ next }: P) => next,
    placeholderData: keepPreviousData,
    staleTime: isFixed ? Infinity : 0,
    // Each search is a list of its own; those of earlier visits need not be kept.
    gcTime: keptMs,
  })
  const { isPlaceholderData: isStale, isFetchingNextPage, isFetchNextPageError } = query
  const { fetchNextPage, refetch, error } = query
  const hasMore = query.hasNextPage && !isStale
  const more = useMemo<More>(
    () => ({
      hasMore,
      isLoading: isFetchingNextPage,
      problem: isFetchNextPageError ? errorMessage(error) : undefined,
      load: () => void fetchNextPage({ cancelRefetch: false }),
    }),
    [hasMore, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage],
  )
  return {
    pages: query.data?.pages,
    isStale,
    isFetching: query.isFetching,
    error: isFetchNextPageError ? null : error,
    refetch: useCallback(() => void refetch(), [refetch]),
    more,
  }
}
