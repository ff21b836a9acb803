import { Link } from 'react-router'
import { useMembers } from './members.queries.ts'

/** The number of members, as a link to the list of them. */
export function MemberCount({ roomId, to }: { roomId: string; to: string }) {
  const { members, isLoading, error } = useMembers(roomId)
  if (isLoading || error) return null
  return (
    <Link
      to={to}
      className="relative tabular-nums underline-offset-4 after:absolute after:-inset-x-2 after:-inset-y-3.5 hover:text-ink hover:underline"
    >
      {members.length} {members.length === 1 ? 'member' : 'members'}
    </Link>
  )
}
