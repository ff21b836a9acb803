import { membersKey } from '@conclave/client/keys/members.keys'
import { listPeople } from '@conclave/shared/people'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCall } from '../../server/call.ts'
import type { RoomInfo } from '../rooms/rooms.queries.ts'

/** Of a room with more members nobody asks whether it has everybody: people are offered there anyway. */
const ASKED_UP_TO = 100
const KNOWN_FOR_MS = 5 * 60_000

/** Whether somebody in the team can still be added to the room; undefined until that is known. */
export function useHasOutsiders(
  room: RoomInfo,
  { isAsked }: { isAsked: boolean },
): boolean | undefined {
  const call = useCall()
  const isLarge = room.memberCount > ASKED_UP_TO
  const { data } = useQuery({
    queryKey: [...membersKey(room.id), 'outsiders', room.memberCount],
    queryFn: async () => {
      const { people } = await call(listPeople, { query: { outside: room.id, limit: '1' } })
      return people.length > 0
    },
    enabled: isAsked && !isLarge,
    placeholderData: keepPreviousData,
    staleTime: KNOWN_FOR_MS,
  })
  return isLarge ? true : data
}
