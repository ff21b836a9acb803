import type { Member } from '@conclave/shared/members'
import type { Me } from '@conclave/shared/people'
import type { Room, RoomRole } from '@conclave/shared/rooms'

/** What the screen offers; the api checks the same for itself. */
export interface Rights {
  mayAdd: boolean
  mayChangeRoles: boolean
  mayLeave: boolean
  mayTakeOut: (member: Member) => boolean
}

export function rightsIn(room: Room, me: Me): Rights {
  // An owner or admin of the workspace has an owner's rights in every room they are in.
  const role = me.role === 'member' ? room.role : 'owner'
  const isDirect = room.kind === 'direct'
  return {
    mayAdd: !isDirect && !room.archived && (room.kind === 'open' || role !== 'member'),
    mayChangeRoles: !isDirect && role === 'owner',
    mayLeave: !isDirect,
    mayTakeOut: (member) =>
      !isDirect && member.personId !== me.id && standsAbove(role, member.role),
  }
}

/** Whether the room would have no owner if this member left or got another role. */
export function isLastOwner(member: Member, members: readonly Member[]): boolean {
  if (member.role !== 'owner' || members.length === 1) return false
  return members.every(({ personId, role }) => role !== 'owner' || personId === member.personId)
}

function standsAbove(role: RoomRole, other: RoomRole): boolean {
  return role === 'owner' || (role === 'moderator' && other === 'member')
}
