import type { Member } from '@conclave/shared/members'
import type { RoomRole } from '@conclave/shared/rooms'
import { emitToPerson, emitToRoom } from '../../log/emit.ts'
import type { Transaction } from '../../transaction.ts'
import { postLine } from '../messages/lines.actions.ts'
import { insertMembership, readRoom } from './rooms.store.ts'

/** Adds a member to a room: emits to the room first, then to the new member. */
export async function joinRoom(
  tx: Transaction,
  membership: { roomId: string; personId: string; role: RoomRole },
  addedBy: string,
): Promise<Member> {
  const { roomId, personId } = membership
  const member = await insertMembership(tx.sql, membership)
  await emitToRoom(
    tx,
    roomId,
    { type: 'member.joined', data: member },
    { kind: 'member', subject: personId },
  )
  await postLine(tx, {
    roomId,
    authorId: addedBy,
    line: addedBy === personId ? { kind: 'joined' } : { kind: 'added', personId },
  })
  await tellJoined(tx, roomId, personId)
  return member
}

/** Emits `room.joined` to a new member; last, because it contains the room's final state. */
export async function tellJoined(tx: Transaction, roomId: string, personId: string): Promise<void> {
  const room = await readRoom(tx.sql, personId, roomId)
  if (room) await emitToPerson(tx, personId, { type: 'room.joined', data: room })
}

export async function joinDefaultRooms(
  tx: Transaction,
  roomIds: string[],
  newcomer: { personId: string; role: RoomRole },
): Promise<void> {
  for (const roomId of roomIds) await joinRoom(tx, { roomId, ...newcomer }, newcomer.personId)
}
