import type { QueryClient } from '@tanstack/react-query'
import { pendingKey } from '@conclave/client/keys/messages.keys'
import type { PendingMessage } from './pending.ts'

/** My unsent messages in a room, in the order of writing. */
export function pendingIn(queryClient: QueryClient, roomId: string): PendingMessage[] {
  return queryClient.getQueryData<PendingMessage[]>(pendingKey(roomId)) ?? []
}

export function changePending(
  queryClient: QueryClient,
  roomId: string,
  changed: (pending: PendingMessage[]) => PendingMessage[],
): void {
  queryClient.setQueryData<PendingMessage[]>(pendingKey(roomId), (pending = []) => changed(pending))
}

export function patchPending(
  queryClient: QueryClient,
  { roomId, id }: Pick<PendingMessage, 'roomId' | 'id'>,
  changed: (item: PendingMessage) => PendingMessage,
): void {
  changePending(queryClient, roomId, (pending) =>
    pending.map((item) => (item.id === id ? changed(item) : item)),
  )
}

export function removePending(queryClient: QueryClient, roomId: string, id: string): void {
  changePending(queryClient, roomId, (pending) => pending.filter((item) => item.id !== id))
}

/** Whether it is still to be sent: not stored, refused, discarded or forgotten since. */
export function isStillSending(queryClient: QueryClient, { roomId, id }: PendingMessage): boolean {
  return pendingIn(queryClient, roomId).some((item) => item.id === id && item.state === 'sending')
}

/** The item as it was before its first attempt. */
export function asSending(item: PendingMessage): PendingMessage {
  const { id, roomId, text, replyTo, createdAt } = item
  return { id, roomId, text, ...(replyTo && { replyTo }), createdAt, state: 'sending' }
}
