import { messagesKey, pendingKey } from '@conclave/client/keys/messages.keys'
import { joinPages } from '@conclave/shared/messages.fold'
import { listMessages, PAGE_SIZE, type MessagePage } from '@conclave/shared/messages'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useCall } from '../../server/call.ts'
import { useOutbox } from './outbox-context.ts'
import type { PendingMessage } from './pending.ts'

const NOTHING: PendingMessage[] = []
const LIMIT = String(PAGE_SIZE)

/** A room's messages, and below them those of mine that are still being sent. */
export function useMessages(roomId: string): {
  page: MessagePage | undefined
  error: Error | null
  loadOlder: () => void
  pending: PendingMessage[]
} {
  const call = useCall()
  const queryClient = useQueryClient()
  const { data: page, error } = useQuery({
    queryKey: messagesKey(roomId),
    queryFn: () => call(listMessages, { params: { roomId }, query: { limit: LIMIT } }),
  })
  const older = useMutation({
    mutationKey: ['older', roomId],
    mutationFn: (before: number) =>
      call(listMessages, { params: { roomId }, query: { before: String(before), limit: LIMIT } }),
    onSuccess: (older) =>
      queryClient.setQueryData<MessagePage>(
        messagesKey(roomId),
        // If the page was reloaded since, this one no longer adjoins it.
        (current) => current && (joinPages(older, current) ?? current),
      ),
  })
  const { mutate, isPending: isLoadingOlder } = older
  const first = page?.messages[0]
  const before = page && !page.reachesStart ? first?.seq : undefined
  const loadOlder = useCallback(() => {
    if (before !== undefined && !isLoadingOlder) mutate(before)
  }, [before, isLoadingOlder, mutate])
  const pending = usePending(roomId, page)
  return { page, error, loadOlder, pending }
}

export function useSendMessage(roomId: string): {
  send: (text: string) => void
  retry: (id: string) => void
  discard: (id: string) => void
} {
  const outbox = useOutbox()
  return useMemo(
    () => ({
      send: (text) => outbox.send(roomId, text),
      retry: (id) => outbox.retry(roomId, id),
      discard: (id) => outbox.discard(roomId, id),
    }),
    [outbox, roomId],
  )
}

function usePending(roomId: string, page: MessagePage | undefined): PendingMessage[] {
  const { data = NOTHING } = useQuery<PendingMessage[]>({
    queryKey: pendingKey(roomId),
    queryFn: () => NOTHING,
    enabled: false,
    gcTime: Infinity,
  })
  // In the same render as the page, so that a message never shows twice and never goes missing.
  return useMemo(() => {
    if (data.length === 0) return NOTHING
    const shown = new Set(page?.messages.map(({ id }) => id))
    return data.filter(({ id }) => !shown.has(id))
  }, [data, page])
}
