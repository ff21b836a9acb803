import { membersKey } from '@conclave/client/keys/members.keys'
import {
  addMember,
  listMembers,
  removeMember,
  updateMember,
  type Member,
  type MemberPage,
} from '@conclave/shared/members'
import { listPeople, type People, type Person } from '@conclave/shared/people'
import type { RoomRole } from '@conclave/shared/rooms'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCall } from '../../server/call.ts'
import { usePages, type Pages, type PagesData } from '../../server/use-pages.ts'
import { useRefetched } from '../../server/use-refetched.ts'
import { useListsRev } from '../people/people.queries.ts'
import type { RoomInfo } from '../rooms/rooms.queries.ts'

const insideKey = (roomId: string) => [...membersKey(roomId), 'inside'] as const
const outsideKey = (roomId: string) => [...membersKey(roomId), 'outside'] as const

/** The members of a room: owners and moderators first, then by name; fetched again when they have changed. */
export function useMembers(room: RoomInfo, search: string): Pages<MemberPage> {
  const call = useCall()
  const members = usePages<MemberPage>({
    queryKey: insideKey(room.id),
    search,
    load: (query) => call(listMembers, { params: { roomId: room.id }, query }),
  })
  useRefetched(members, room.membersRev)
  return members
}

/**
 * People who can be added to a room. The list stays as it is while it is open, with those who were added since, except that
 * somebody who joins the team appears in it.
 */
export function useCandidates(roomId: string, search: string): Pages<People & { next?: string }> {
  const call = useCall()
  const candidates = usePages<People & { next?: string }>({
    queryKey: outsideKey(roomId),
    search,
    load: (query) => call(listPeople, { query: { ...query, outside: roomId } }),
    isFixed: true,
  })
  useRefetched(candidates, useListsRev())
  return candidates
}

export function useAddMember(roomId: string, onAdded: (person: Person) => void) {
  const call = useCall()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: Person) => call(addMember, { params: { roomId }, body: { personId: id } }),
    onSuccess: (_, person) => {
      onAdded(person)
      // The server says where they are in the list.
      void queryClient.invalidateQueries({ queryKey: insideKey(roomId) })
    },
  })
}

export function useUpdateMember(roomId: string) {
  const call = useCall()
  const change = useChangePages(roomId)
  return useMutation({
    mutationFn: ({ personId, role }: { personId: string; role: RoomRole }) =>
      call(updateMember, { params: { roomId, personId }, body: { role } }),
    onSuccess: (member) =>
      change((members) =>
        members.map((other) => (other.personId === member.personId ? member : other)),
      ),
  })
}

export function useRemoveMember(roomId: string) {
  const call = useCall()
  const change = useChangePages(roomId)
  return useMutation({
    mutationFn: ({ personId, keepOut }: { personId: string; keepOut: boolean }) =>
      call(removeMember, {
        params: { roomId, personId },
        query: keepOut ? { keepOut: 'true' } : {},
      }),
    onSuccess: ({ personId }) =>
      change((members) => members.filter((other) => other.personId !== personId)),
  })
}

/** Shows the result before its event arrives, which then says the same. */
function useChangePages(roomId: string) {
  const queryClient = useQueryClient()
  return (change: (members: Member[]) => Member[]) =>
    queryClient.setQueriesData<PagesData<MemberPage>>(
      { queryKey: insideKey(roomId) },
      (current) =>
        current && { ...current, pages: current.pages.map((page) => changed(page, change)) },
    )
}

function changed(page: MemberPage, change: (members: Member[]) => Member[]): MemberPage {
  const members = change(page.members)
  const owners = page.owners + ownersIn(members) - ownersIn(page.members)
  return { ...page, members, owners }
}

function ownersIn(members: readonly Member[]): number {
  return members.filter(({ role }) => role === 'owner').length
}
