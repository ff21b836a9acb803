import type { Members } from '@conclave/shared/members'
import type { MessagePage } from '@conclave/shared/messages'
import type { Rooms } from '@conclave/shared/rooms'
import type { Query, QueryClient } from '@tanstack/react-query'
import { membersKey } from '../features/members/members.keys.ts'
import { ALL_MESSAGES_KEY, messagesKey } from '../features/messages/messages.keys.ts'
import { ROOMS_KEY } from '../features/rooms/rooms.keys.ts'

/** One request each: a person who has looked into everything must not ask for everything at once. */
const COMPARE_MAX_ROOMS = 20

/** The revisions of what is loaded of a room, beyond its line in the list. */
export function loadedRevs(queryClient: QueryClient, roomId: string): number[] {
  const page = queryClient.getQueryData<MessagePage>(messagesKey(roomId))
  const members = queryClient.getQueryData<Members>(membersKey(roomId))
  return [page, members].flatMap((state) => (state ? [state.rev] : []))
}

/** Rooms of which something is loaded that is older than the room is known to be. */
export function roomsBehind(queryClient: QueryClient): string[] {
  const rooms = queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms ?? []
  return rooms
    .filter((room) => loadedRevs(queryClient, room.id).some((rev) => rev < room.rev))
    .map(({ id }) => id)
}

/** Rooms whose messages are held against the server's: the open one, then those used last. */
export function roomsToCompare(queryClient: QueryClient): string[] {
  return queryClient
    .getQueryCache()
    .findAll({ queryKey: ALL_MESSAGES_KEY })
    .filter(({ state }) => state.data !== undefined)
    .toSorted((a, b) => Number(b.isActive()) - Number(a.isActive()) || age(a) - age(b))
    .slice(0, COMPARE_MAX_ROOMS)
    .map(({ queryKey }) => String(queryKey[1]))
}

function age({ state }: Query): number {
  return -state.dataUpdatedAt
}
