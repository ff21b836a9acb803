import { membersKey } from '@conclave/client/keys/members.keys'
import {
  addMember,
  listMembers,
  removeMember,
  updateMember,
  type Member,
  type Members,
} from '@conclave/shared/members'
import { withMember, withoutMember } from '@conclave/shared/members.fold'
import { everyMember } from '@conclave/shared/pages'
import type { RoomRole } from '@conclave/shared/rooms'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCall } from '../../server/call.ts'

const NOBODY: Member[] = []

export function useMembers(roomId: string): {
  members: Member[]
  isLoading: boolean
  error: Error | null
} {
  const call = useCall()
  const { data, isPending, error } = useQuery({
    queryKey: membersKey(roomId),
    queryFn: () => everyMember((query) => call(listMembers, { params: { roomId }, query })),
  })
  return { members: data?.members ?? NOBODY, isLoading: isPending && !error, error }
}

export function useAddMember(roomId: string) {
  const call = useCall()
  const change = useChangeMembers(roomId)
  return useMutation({
    mutationFn: (personId: string) => call(addMember, { params: { roomId }, body: { personId } }),
    onSuccess: (member) => change((members) => withMember(members, member)),
  })
}

export function useUpdateMember(roomId: string) {
  const call = useCall()
  const change = useChangeMembers(roomId)
  return useMutation({
    mutationFn: ({ personId, role }: { personId: string; role: RoomRole }) =>
      call(updateMember, { params: { roomId, personId }, body: { role } }),
    onSuccess: (member) => change((members) => withMember(members, member)),
  })
}

export function useRemoveMember(roomId: string) {
  const call = useCall()
  const change = useChangeMembers(roomId)
  return useMutation({
    mutationFn: ({ personId, keepOut }: { personId: string; keepOut: boolean }) =>
      call(removeMember, {
        params: { roomId, personId },
        query: keepOut ? { keepOut: 'true' } : {},
      }),
    onSuccess: ({ personId }) => change((members) => withoutMember(members, personId)),
  })
}

/** Shows the result before its event arrives, which then says the same. */
function useChangeMembers(roomId: string) {
  const queryClient = useQueryClient()
  return (changed: (members: Member[]) => Member[]) =>
    queryClient.setQueryData<Members>(
      membersKey(roomId),
      (current) => current && { ...current, members: changed(current.members) },
    )
}
