import { useMembers } from './members.queries.ts'

export function MemberCount({ roomId }: { roomId: string }) {
  const { members, isLoading, error } = useMembers(roomId)
  if (isLoading || error) return null
  return (
    <span className="tabular-nums">
      {members.length} {members.length === 1 ? 'member' : 'members'}
    </span>
  )
}
