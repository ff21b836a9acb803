import type { Call } from '@conclave/shared/client'
import type { Sha256 } from '@conclave/shared/hashes'
import type { HeldPeople } from '@conclave/shared/people.fold'
import type { Rooms } from '@conclave/shared/rooms'
import type { QueryClient } from '@tanstack/query-core'
import { PEOPLE_KEY } from '../keys/people.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { nobodyAt } from '../people/held-people.ts'
import { lookUntilSame } from './look.ts'
import { mergeLook } from './merge-rooms.ts'

/**
 * My rooms, for the query at `ROOMS_KEY`: looks, and adds what differs to what the cache has. The first look also says at
 * which revision of the team the people are whom this client will hold.
 */
export async function fetchRooms(options: {
  call: Call
  queryClient: QueryClient
  sha256: Sha256
}): Promise<Rooms> {
  const { queryClient } = options
  const before = queryClient.getQueryData<Rooms>(ROOMS_KEY)
  const fetched = await lookUntilSame({ ...options, before, isTrusted: () => true })
  queryClient.setQueryData<HeldPeople>(PEOPLE_KEY, (held) => held ?? nobodyAt(fetched.teamRev))
  return mergeLook({ current: queryClient.getQueryData<Rooms>(ROOMS_KEY), before, fetched })
}
