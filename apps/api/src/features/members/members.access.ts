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
 * What somebody may do in a room they are in. An owner or admin of the workspace who is a member may do what the room's
 * owner may, so that no room is left without anybody who can; being one lets nobody into a room.
 */
export interface Membership {
  kind: RoomKind
  personId: string
  role: RoomRole
}

/**
 * Locks a room that the caller may know of; comes before anything else. For an outsider nothing is locked or waited for:
 * the time it takes, and a lock that others wait for, would tell that there is such a room.
 */
export async function lockRoom(tx: Transaction, actor: Actor, roomId: string): Promise<void> {
  if (!(await lockKnownRoom(tx.sql, actor.personId, roomId))) throw problem('room-not-found')
}

/** Holds a room, locked, into which the caller may bring this person. The caller of this has locked the room. */
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

/** My membership, with the role it amounts to. To an outsider there is no room. */
export async function accessMembership(
  tx: Transaction,
  actor: Actor,
  roomId: string,
): Promise<Membership> {
  const room = await readRoomForJoining(tx.sql, actor.personId, roomId)
  if (!room || room.role === null) throw problem('room-not-found')
  return { kind: room.kind, personId: actor.personId, role: actualRole(room.role, actor) }
}

/** Another member of a room of mine, or myself, locked. The caller of this has locked the room, and no person yet. */
export async function accessMember(
  tx: Transaction,
  { roomId, personId }: { roomId: string; personId: string },
) {
  const member = await lockMember(tx.sql, { roomId, personId })
  if (!member) throw problem('person-not-found')
  return member
}

/** Leaving is everyone's right; taking somebody out needs to stand above them. */
export function mayTakeOut(mine: Membership, other: { personId: string; role: RoomRole }): boolean {
  // A direct room is exactly its people, for as long as it is.
  if (mine.kind === 'direct') return false
  if (mine.personId === other.personId) return true
  if (mine.role === 'owner') return true
  return mine.role === 'moderator' && other.role === 'member'
}

/** Only an open room lets anybody in by themselves. */
export function mayKeepOut({ kind }: Membership): boolean {
  return kind === 'open'
}

export function mayChangeRoles({ kind, role }: Membership): boolean {
  return kind !== 'direct' && role === 'owner'
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
