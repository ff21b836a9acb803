import type { Actor } from '../../actor.ts'
import { problem } from '../../problem.ts'
import type { Transaction } from '../../realtime/outbox.ts'
import { lockJoinableRoom, type JoinableRoom } from './members.store.ts'

/** Holds a room, locked, into which the caller may bring this person. */
export async function accessJoining(
  tx: Transaction,
  actor: Actor,
  { roomId, personId }: { roomId: string; personId: string },
): Promise<void> {
  const room = await lockJoinableRoom(tx.sql, actor.personId, roomId)
  if (!room) throw problem('room-not-found')
  if (!mayBringIn(room, actor.personId === personId)) throw problem('not-allowed')
}

function mayBringIn({ kind, archived, role }: JoinableRoom, oneself: boolean): boolean {
  if (archived) return false
  switch (kind) {
    case 'open':
      return role !== null || oneself
    case 'closed':
      return role === 'owner' || role === 'moderator'
    case 'direct':
      // Somebody new would read what was said between the others.
      return false
  }
}
