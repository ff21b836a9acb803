import { listDirectory, type DirectoryRoom } from '@conclave/shared/rooms'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useCall } from '../../server/call.ts'

interface Directory {
  /** What was loaded so far, in the server's order; undefined until something is. */
  rooms: DirectoryRoom[] | undefined
  /** Whether these are still the results of the previous search. */
  isStale: boolean
  error: Error | null
  refetch: () => void
  /** Whether there are further pages. */
  hasMore: boolean
  loadMore: () => void
  isLoadingMore: boolean
}

/**
 * The open rooms by name, as far as they were loaded. No event reports changes to them, so each visit fetches them
 * again.
 */
export function useDirectory(search: string): Directory {
  const call = useCall()
  const query = useInfiniteQuery({
    queryKey: ['directory', search],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) =>
      call(listDirectory, {
        query: {
          ...(search === '' ? {} : { search }),
          ...(pageParam === undefined ? {} : { after: pageParam }),
        },
      }),
    initialPageParam: undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    staleTime: 0,
    // Each search is a separate list; those of earlier visits need not be kept.
    gcTime: 60_000,
  })
  return {
    rooms: query.data?.pages.flatMap(({ rooms }) => rooms),
    isStale: query.isPlaceholderData,
    error: query.error,
    refetch: () => void query.refetch(),
    hasMore: query.hasNextPage,
    loadMore: () => void query.fetchNextPage(),
    isLoadingMore: query.isFetchingNextPage,
  }
}
