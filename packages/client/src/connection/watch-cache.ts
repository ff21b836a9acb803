import type { QueryClient } from '@tanstack/query-core'
import { ALL_PENDING_KEY } from '../keys/messages.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { roomsBehind } from '../replica/behind.ts'

/** Calls back for changes of the cache, whoever made them. Returns how to stop. */
export function watchCache(options: {
  queryClient: QueryClient
  /** The list of my rooms changed. */
  onList: () => void
  /** A message is being sent, so answers are likely. */
  onWriting: () => void
  /** A room was loaded from an answer that is older than the events that arrived in between. */
  onBehind: () => void
}): () => void {
  const { queryClient, onList, onWriting, onBehind } = options
  return queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const changed: unknown = event.query.queryKey[0]
    if (changed === ROOMS_KEY[0]) onList()
    else if (changed === ALL_PENDING_KEY[0]) onWriting()
    else if (roomsBehind(queryClient).length > 0) onBehind()
  })
}
