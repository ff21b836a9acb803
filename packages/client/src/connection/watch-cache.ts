import type { QueryCacheNotifyEvent, QueryClient } from '@tanstack/query-core'
import { ALL_MESSAGES_KEY, ALL_PENDING_KEY } from '../keys/messages.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { CHANGING_PARTS } from '../parts/table.ts'
import { isBehind } from '../replica/behind.ts'

/** Calls back for changes of the cache, whoever made them. Returns how to stop. */
export function watchCache(options: {
  queryClient: QueryClient
  /** Whether events are changing the cache right now. */
  isFolding: () => boolean
  /** The list of my rooms changed. */
  onList: () => void
  /** A message is being sent, so answers are likely. */
  onWriting: () => void
  /** A room was opened: its messages are shown, or asked for, or there. */
  onOpened: (roomId: string) => void
  /** The cache has no messages of a room any more. */
  onClosed: (roomId: string) => void
  /** A room was loaded from an answer that is older than the events that arrived in between. */
  onBehind: (roomId: string) => void
}): () => void {
  const { queryClient, isFolding, onList, onWriting, onOpened, onClosed, onBehind } = options
  return queryClient.getQueryCache().subscribe((event) => {
    const [name, id] = event.query.queryKey as readonly unknown[]
    if (name === ROOMS_KEY[0] && isSuccess(event)) onList()
    if (name === ALL_PENDING_KEY[0] && isSuccess(event)) onWriting()
    if (!CHANGING_PARTS.some(({ keys }) => keys[0] === name)) return
    const roomId = String(id)
    if (isSuccess(event) && !isFolding() && isBehind(queryClient, roomId)) onBehind(roomId)
    if (name !== ALL_MESSAGES_KEY[0]) return
    if (event.type === 'added' || event.type === 'observerAdded') onOpened(roomId)
    if (event.type === 'removed') onClosed(roomId)
  })
}

function isSuccess(event: QueryCacheNotifyEvent): boolean {
  return event.type === 'updated' && event.action.type === 'success'
}
