import { Conflict } from '../../database/write-errors.ts'
import { lockCut, type Cut } from '../../realtime/epochs.ts'
import type { Transaction } from '../../realtime/outbox.ts'
import { readRoomIds } from '../rooms/rooms.store.ts'

/** Locks everything that somebody hears; comes before anything else in the transaction. */
export async function lockPersonCut(tx: Transaction, personId: string): Promise<Cut> {
  const roomIds = await readRoomIds(tx.sql, personId)
  const cut = { roomIds, personId, team: true }
  await lockCut(tx, cut)
  const now = await readRoomIds(tx.sql, personId)
  // They joined or left a room before it was locked: its lock would come too late in the order.
  if (now.join() !== roomIds.join()) throw new Conflict('Their rooms changed meanwhile')
  return cut
}
