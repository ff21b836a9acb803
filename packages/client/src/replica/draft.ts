import { hashKey, notifyManager, type QueryClient, type QueryKey } from '@tanstack/query-core'
import type { Cache } from '../parts/part-kinds.ts'

interface Change {
  key: QueryKey
  state: unknown
}

/** Changes of a query cache that are gathered, so that each entry changes once however many events change it. */
export interface Draft extends Cache {
  /** Puts the changes into the cache, all of them at once. */
  flush: () => void
}

export function createDraft(queryClient: QueryClient): Draft {
  const changes = new Map<string, Change>()

  function getQueryData<S>(key: QueryKey): S | undefined {
    const change = changes.get(hashKey(key))
    return change ? (change.state as S) : queryClient.getQueryData<S>(key)
  }

  return {
    getQueryData,
    setQueryData: <S>(key: QueryKey, change: (state: S | undefined) => S | undefined) => {
      const state = getQueryData<S>(key)
      const changed = change(state)
      if (changed !== undefined && changed !== state)
        changes.set(hashKey(key), { key, state: changed })
    },
    flush: () =>
      notifyManager.batch(() => {
        for (const { key, state } of changes.values()) queryClient.setQueryData(key, state)
      }),
  }
}
