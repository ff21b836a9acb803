import type { RoomKind, RoomRole } from '@conclave/shared/rooms'
import { unreachable } from '@conclave/shared/unreachable'
import type { Actor } from '../../actor.ts'
import { problem } from '../../problem.ts'
import type { Transaction } from '../../transaction.ts'
import {
  lockKnownRoom,
  lockMember,
  readRoomForJoining,
  type JoinableRoom,
} from './members.store.ts'

/**
 * A member of a room, with their rights. Owners and admins of the workspace have a room owner's rights in rooms they
 * are members of, so that every room can be administered; their role gives them no access to other rooms.
 */
export interface Membership {
  kind: RoomKind
  personId: string
  role: RoomRole
}

/**
 * Locks a room that the caller may know of, before anything else. For an outsider nothing is locked or waited for: the
 * time it takes, or a lock that others wait for, would reveal that the room exists.
 */
export async function lockRoom(tx: Transaction, actor: Actor, roomId: string): Promise<void> {
  if (!(await lockKnownRoom(tx.sql, actor.personId, roomId))) throw problem('room-not-found')
  tx.lockedRooms.add(roomId)
}

/** A room that the caller may add this person to. The room has to be locked already. */
export async function accessJoining(
  tx: Transaction,
  actor: Actor,
  { roomId, personId }: { roomId: string; personId: string },
): Promise<void> {
  const room = await readRoomForJoining(tx.sql, actor.personId, roomId)
  if (!room) throw problem('room-not-found')
  const oneself = actor.personId === personId
  if (!mayBringIn(room, actor, oneself)) throw problem('not-allowed')
  if (oneself && room.keptOut) throw problem('kept-out')
}

/** The caller's membership, with their effective role. For an outsider the room does not exist. */
export async function accessMembership(
  tx: Transaction,
  actor: Actor,
  roomId: string,
): Promise<Membership> {
  const room = await readRoomForJoining(tx.sql, actor.personId, roomId)
  if (!room || room.role === null) throw problem('room-not-found')
  return { kind: room.kind, personId: actor.personId, role: actualRole(room.role, actor) }
}

/** Locks a member of one of the caller's rooms. The room has to be locked already, and no person yet. */
export async function accessMember(
  tx: Transaction,
  { roomId, personId }: { roomId: string; personId: string },
) {
  const member = await lockMember(tx.sql, { roomId, personId })
  if (!member) throw problem('person-not-found')
  return member
}

/** Every member may leave; removing another member needs a higher role. */
export function mayTakeOut(mine: Membership, other: { personId: string; role: RoomRole }): boolean {
  // The members of a direct room never change.
  if (mine.kind === 'direct') return false
  if (mine.personId === other.personId) return true
  if (mine.role === 'owner') return true
  return mine.role === 'moderator' && other.role === 'member'
}

/** Only open rooms can be joined without being added. */
export function mayKeepOut({ kind }: Membership): boolean {
  return kind === 'open'
}

export function mayChangeRoles({ kind, role }: Membership): boolean {
  return kind !== 'direct' && role === 'owner'
}

export function mayChangeSettings({ kind, role }: Membership): boolean {
  return kind !== 'direct' && role !== 'member'
}

function mayBringIn(
  { kind, archived, role }: JoinableRoom,
  actor: Actor,
  oneself: boolean,
): boolean {
  if (archived) return false
  switch (kind) {
    case 'open':
      return role !== null || oneself
    case 'closed':
      return role !== null && actualRole(role, actor) !== 'member'
    case 'direct':
      // A new member would read what was said between the others.
      return false
    default:
      return unreachable(kind)
  }
}

function actualRole(role: RoomRole, actor: Actor): RoomRole {
  return actor.role === 'member' ? role : 'owner'
}
