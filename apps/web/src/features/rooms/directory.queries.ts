import { listDirectory, type DirectoryRoom } from '@conclave/shared/rooms'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useCall } from '../../server/call.ts'

interface Directory {
  /** What was loaded so far, in the server's order; undefined while nothing is. */
  rooms: DirectoryRoom[] | undefined
  /** Whether these are still the rooms of the search before. */
  isStale: boolean
  error: Error | null
  refetch: () => void
  /** There is more. */
  hasMore: boolean
  loadMore: () => void
  isLoadingMore: boolean
}

/** The open rooms by name, as far as they were asked for. No event tells of them, so each visit asks anew. */
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
    // Another search is another list; those of earlier visits need not be kept.
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
