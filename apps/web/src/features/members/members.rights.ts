import type { Member } from '@conclave/shared/members'
import type { Me } from '@conclave/shared/people'
import type { Room, RoomRole } from '@conclave/shared/rooms'

/** What is offered here; the api decides the same for itself. */
export interface Rights {
  mayAdd: boolean
  mayChangeRoles: boolean
  mayLeave: boolean
  mayTakeOut: (member: Member) => boolean
}

export function rightsIn(room: Room, me: Me): Rights {
  // An owner or admin of the workspace may do in their rooms what a room's owner may.
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

/** Whether the room would be without an owner if this one left or became something else. */
export function isLastOwner(member: Member, members: readonly Member[]): boolean {
  if (member.role !== 'owner' || members.length === 1) return false
  return members.every(({ personId, role }) => role !== 'owner' || personId === member.personId)
}

function standsAbove(role: RoomRole, other: RoomRole): boolean {
  return role === 'owner' || (role === 'moderator' && other === 'member')
}
