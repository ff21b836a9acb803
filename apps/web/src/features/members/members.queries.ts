import { addMember, listMembers, type Member, type Members } from '@conclave/shared/members'
import { withMember } from '@conclave/shared/members.fold'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCall } from '../../server/call.ts'
import { membersKey } from './members.keys.ts'

const NOBODY: Member[] = []

export function useMembers(roomId: string): {
  members: Member[]
  isLoading: boolean
  error: Error | null
} {
  const call = useCall()
  const { data, isPending, error } = useQuery({
    queryKey: membersKey(roomId),
    queryFn: () => call(listMembers, { params: { roomId } }),
  })
  return { members: data?.members ?? NOBODY, isLoading: isPending && !error, error }
}

export function useAddMember(roomId: string) {
  const call = useCall()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (personId: string) => call(addMember, { params: { roomId }, body: { personId } }),
    onSuccess: (member) =>
      queryClient.setQueryData<Members>(
        membersKey(roomId),
        (held) => held && { ...held, members: withMember(held.members, member) },
      ),
  })
}
