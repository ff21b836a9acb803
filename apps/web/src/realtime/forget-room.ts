import type { QueryClient } from '@tanstack/react-query'
import { membersKey } from '../features/members/members.keys.ts'
import { messagesKey } from '../features/messages/messages.keys.ts'

/** Drops everything that is held of a room. */
export function forgetRoom(queryClient: QueryClient, roomId: string): void {
  queryClient.removeQueries({ queryKey: messagesKey(roomId) })
  queryClient.removeQueries({ queryKey: membersKey(roomId) })
}
