import type { Member } from '@conclave/shared/members'
import type { RoomRole } from '@conclave/shared/rooms'
import { emitToPerson, emitToRoom } from '../../log/emit.ts'
import type { Transaction } from '../../transaction.ts'
import { insertMembership, readRoom } from './rooms.store.ts'

/** Brings someone into a room that others are in: tells them, then the newcomer. */
export async function joinRoom(
  tx: Transaction,
  membership: { roomId: string; personId: string; role: RoomRole },
): Promise<Member> {
  const { roomId, personId } = membership
  const member = await insertMembership(tx.sql, membership)
  await emitToRoom(
    tx,
    roomId,
    { type: 'member.joined', data: member },
    { kind: 'member', subject: personId },
  )
  await tellJoined(tx, roomId, personId)
  return member
}

/** Tells someone of a room that is now theirs; last, because the notice holds the room as it became. */
export async function tellJoined(tx: Transaction, roomId: string, personId: string): Promise<void> {
  const room = await readRoom(tx.sql, personId, roomId)
  if (room) await emitToPerson(tx, personId, { type: 'room.joined', data: room })
}

export async function joinDefaultRooms(
  tx: Transaction,
  roomIds: string[],
  newcomer: { personId: string; role: RoomRole },
): Promise<void> {
  for (const roomId of roomIds) await joinRoom(tx, { roomId, ...newcomer })
}
