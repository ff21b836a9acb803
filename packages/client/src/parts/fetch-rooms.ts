import type { Call } from '@conclave/shared/client'
import type { Sha256 } from '@conclave/shared/messages.digest'
import { lookAtRooms, type Rooms } from '@conclave/shared/rooms'
import type { QueryClient } from '@tanstack/query-core'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { newerRooms } from './newer-rooms.ts'

/** My rooms, for the query at `ROOMS_KEY`: looks, and adds what differs to what the cache has. */
export async function fetchRooms(options: {
  call: Call
  queryClient: QueryClient
  sha256: Sha256
}): Promise<Rooms> {
  const { call, queryClient } = options
  const { buckets, ...look } = await call(lookAtRooms, {})
  const fetched: Rooms = { ...look, rooms: buckets.flatMap(({ rooms }) => rooms) }
  return newerRooms(queryClient.getQueryData<Rooms>(ROOMS_KEY), fetched)
}
