import type { QueryClient } from '@tanstack/query-core'
import { ALL_PENDING_KEY } from '../keys/messages.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { roomsBehind } from '../replica/behind.ts'

/** Tells what a change of the cache asks for, whoever made it; answers what ends that. */
export function watchCache(options: {
  queryClient: QueryClient
  /** The list of my rooms is another one. */
  onList: () => void
  /** Somebody writes here, and expects an answer. */
  onWriting: () => void
  /** What a room was loaded from was older than the events that came meanwhile. */
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
