import type { Rooms } from '@conclave/shared/rooms'
import type { QueryClient } from '@tanstack/react-query'
import { ALL_MEMBERS_KEY } from '../features/members/members.keys.ts'
import { ALL_MESSAGES_KEY, ALL_PENDING_KEY } from '../features/messages/messages.keys.ts'
import { ROOMS_KEY } from '../features/rooms/rooms.keys.ts'

/** Keeps nothing of a room that is not mine; what I was about to say in it goes with the list (`OutboxProvider`). */
export function forgetOtherRooms(queryClient: QueryClient): void {
  const rooms = queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms
  if (!rooms) return
  const mine = new Set(rooms.map(({ id }) => id))
  for (const queryKey of [ALL_MESSAGES_KEY, ALL_PENDING_KEY, ALL_MEMBERS_KEY]) {
    queryClient.removeQueries({
      queryKey,
      predicate: (query) => !mine.has(String(query.queryKey[1])),
    })
  }
}
