import { membersKey } from '@conclave/client/keys/members.keys'
import { messagesKey } from '@conclave/client/keys/messages.keys'
import { PEOPLE_KEY } from '@conclave/client/keys/people.keys'
import { listMembers } from '@conclave/shared/members'
import type { MessagePage } from '@conclave/shared/messages'
import { SEARCH_MAX_CHARS } from '@conclave/shared/paging'
import type { Person } from '@conclave/shared/people'
import type { HeldPeople } from '@conclave/shared/people.fold'
import { keepPreviousData, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useCall } from '../../server/call.ts'
import { useSettled } from '../../ui/use-settled.ts'
import { rightsIn } from '../members/members.rights.ts'
import { useMe } from '../people/MeProvider.tsx'
import type { RoomInfo } from '../rooms/rooms.queries.ts'
import { everybodyOptions, personOption, rankedPeople } from './mention-options.ts'
import type { Option } from './option.ts'

const SEARCH_AFTER_MS = 100
const SEARCHED_MAX = '50'
const KEPT_MS = 30_000
const NOBODY: readonly Person[] = []

/** Who can be mentioned by what was written; undefined: nothing was. */
export function useMentionOptions(room: RoomInfo, search: string | undefined): Option[] {
  const { me } = useMe()
  const recent = useRecent(room.id, search !== undefined)
  const members = useFound(room.id, search)
  const mayNotifyAll = me && room.memberCount > 2 && rightsIn(room, me).mayNotifyAll
  return useMemo(() => {
    if (search === undefined) return []
    // The server knows who is a member; until it has answered, who has spoken probably is.
    const inAnswer = new Set(members?.people.map(({ id }) => id))
    const spoke = recent.filter(({ id }) => !inAnswer.has(id) && members?.isAll !== true)
    const people = [...(members?.people ?? NOBODY), ...spoke].filter(({ id }) => id !== me?.id)
    const order = recent.map(({ id }) => id)
    return [
      ...rankedPeople(people, { search, recent: order }).map(personOption),
      ...(mayNotifyAll ? everybodyOptions(search) : []),
    ]
  }, [search, members, recent, me?.id, mayNotifyAll])
}

/** Who has spoken in what is loaded of the room, as far as their names are known; who spoke last comes first. */
function useRecent(roomId: string, isAsked: boolean): readonly Person[] {
  const queryClient = useQueryClient()
  return useMemo(() => {
    if (!isAsked) return NOBODY
    const page = queryClient.getQueryData<MessagePage>(messagesKey(roomId))
    const ids = new Set(page?.messages.toReversed().map(({ authorId }) => authorId))
    return heldAmong(queryClient, [...ids])
  }, [queryClient, roomId, isAsked])
}

/** The members whose names have this in them, by the server; `isAll`: there are no others. */
function useFound(roomId: string, search: string | undefined) {
  const call = useCall()
  const queryClient = useQueryClient()
  const isAsked = search !== undefined
  const settled = useSettled(
    search?.trim().slice(0, SEARCH_MAX_CHARS).toWellFormed(),
    SEARCH_AFTER_MS,
  )
  const { data, isPlaceholderData } = useQuery({
    queryKey: [...membersKey(roomId), 'mentioned', settled],
    queryFn: async () => {
      const { members, next } = await call(listMembers, {
        params: { roomId },
        query: { limit: SEARCHED_MAX, ...(settled ? { search: settled } : {}) },
      })
      // Who they are came with the answer, and is held with everybody else.
      return {
        people: heldAmong(
          queryClient,
          members.map(({ personId }) => personId),
        ),
        next,
      }
    },
    enabled: isAsked && settled !== undefined,
    placeholderData: keepPreviousData,
    staleTime: KEPT_MS,
    gcTime: KEPT_MS,
    retry: false,
  })
  const isCurrent = settled === search?.trim() && !isPlaceholderData
  return useMemo(
    () =>
      data && {
        people: data.people,
        isAll: isCurrent && data.next === undefined,
      },
    [data, isCurrent],
  )
}

function heldAmong(queryClient: QueryClient, ids: readonly string[]): Person[] {
  const held = queryClient.getQueryData<HeldPeople>(PEOPLE_KEY)
  return ids.flatMap((id) => held?.byId.get(id)?.person ?? [])
}
