import { QueryClient } from '@tanstack/react-query'
import { isTransient, waitSeconds } from './problem-message.ts'

const TRIES = 5

/** Events keep the cache up to date, so its data does not go stale with age. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        gcTime: 30 * 60_000,
        refetchOnWindowFocus: false,
        // The browser's `onLine` is often wrong; a failing request is not.
        networkMode: 'always',
        retry: (failures, error) => failures < TRIES && isTransient(error),
        retryDelay: (failures, error) =>
          Math.max((waitSeconds(error) ?? 0) * 1_000, Math.min(500 * 2 ** failures, 8_000)),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
