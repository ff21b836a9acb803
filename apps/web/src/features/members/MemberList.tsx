import type { Member } from '@conclave/shared/members'
import type { Me, Person } from '@conclave/shared/people'
import type { RoomRole } from '@conclave/shared/rooms'
import { compareNames } from '../rooms/room-name.ts'
import { MemberRow } from './MemberRow.tsx'
import { isLastOwner, type Rights } from './members.rights.ts'

const RANK: Record<RoomRole, number> = { owner: 0, moderator: 1, member: 2 }

/** The members: owners and moderators first, then by name. */
export function MemberList(props: {
  members: readonly Member[]
  byId: Map<string, Person>
  me: Me
  rights: Rights
  onRole: (personId: string, role: RoomRole) => void
  onTakeOut: (member: Member, opener: HTMLElement | null) => void
}) {
  const { members, byId, me, rights, onRole, onTakeOut } = props
  const nameOf = ({ personId }: Member) => byId.get(personId)?.name ?? ''
  const sorted = members.toSorted(
    (a, b) => RANK[a.role] - RANK[b.role] || compareNames(nameOf(a), nameOf(b)),
  )
  return (
    <ul aria-label="Members">
      {sorted.map((member) => (
        <MemberRow
          key={member.personId}
          member={member}
          person={byId.get(member.personId)}
          isMe={member.personId === me.id}
          isLastOwner={isLastOwner(member, members)}
          onRole={rights.mayChangeRoles ? (role) => onRole(member.personId, role) : undefined}
          onTakeOut={rights.mayTakeOut(member) ? (opener) => onTakeOut(member, opener) : undefined}
        />
      ))}
    </ul>
  )
}
