import type { Call } from '@conclave/shared/client'
import type { HeldPeople } from '@conclave/shared/people.fold'
import { inOrder } from '@conclave/shared/rooms.order'
import { lookAtRooms, type Rooms } from '@conclave/shared/rooms'
import type { QueryClient } from '@tanstack/query-core'
import { PEOPLE_KEY } from '../keys/people.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { nobodyAt } from '../people/held-people.ts'

/**
 * My rooms by one look, for a client that has none yet: without digests and merging, which the first view of a page need not
 * load. Undefined when one look is not enough; `fetchRooms` then does the rest.
 */
export async function firstLook(options: {
  call: Call
  queryClient: QueryClient
}): Promise<Rooms | undefined> {
  const { call, queryClient } = options
  const isKnown = () => queryClient.getQueryData<Rooms>(ROOMS_KEY) !== undefined
  if (isKnown()) return undefined
  const { buckets, more, rev, epoch, teamEpoch, teamRev } = await call(lookAtRooms, {})
  if (more || isKnown()) return undefined
  queryClient.setQueryData<HeldPeople>(PEOPLE_KEY, (held) => held ?? nobodyAt(teamRev))
  return { rooms: inOrder(buckets.flatMap(({ rooms }) => rooms)), rev, epoch, teamEpoch, teamRev }
}
