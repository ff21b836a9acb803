import type { Member } from '@conclave/shared/members'
import type { Me } from '@conclave/shared/people'
import type { RoomRole } from '@conclave/shared/rooms'
import type { RoomInfo } from '../rooms/rooms.queries.ts'

/** What the screen offers; the api checks the same for itself. */
export interface Rights {
  mayAdd: boolean
  mayChangeRoles: boolean
  mayLeave: boolean
  /** Write to everybody at once, with @room or @here. */
  mayNotifyAll: boolean
  maySetNotifyAll: boolean
  mayTakeOut: (member: Member) => boolean
}

export function rightsIn(
  room: Pick<RoomInfo, 'kind' | 'role' | 'archived' | 'notifyAll'>,
  me: Pick<Me, 'id' | 'role'>,
): Rights {
  // An owner or admin of the workspace has an owner's rights in every room they are in.
  const role = me.role === 'member' ? room.role : 'owner'
  const isDirect = room.kind === 'direct'
  return {
    mayAdd: !isDirect && !room.archived && (room.kind === 'open' || role !== 'member'),
    mayChangeRoles: !isDirect && role === 'owner',
    mayLeave: !isDirect,
    mayNotifyAll: room.notifyAll !== 'moderators' || role !== 'member',
    maySetNotifyAll: !isDirect && role !== 'member',
    mayTakeOut: (member) =>
      !isDirect && member.personId !== me.id && standsAbove(role, member.role),
  }
}

/** Whether the room would have no owner if somebody with this role left or got another one. */
export function isLastOwner(
  role: RoomRole,
  room: { memberCount: number },
  owners: number,
): boolean {
  return role === 'owner' && owners === 1 && room.memberCount > 1
}

function standsAbove(role: RoomRole, other: RoomRole): boolean {
  return role === 'owner' || (role === 'moderator' && other === 'member')
}
