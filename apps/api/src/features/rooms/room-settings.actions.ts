import type { RoomSettings } from '@conclave/shared/rooms.settings'
import type { Actor } from '../../actor.ts'
import { recordAct } from '../../audit/record-act.ts'
import type { Context } from '../../context.ts'
import { emitToRoom } from '../../log/emit.ts'
import { problem } from '../../problem.ts'
import { inTransaction } from '../../transaction.ts'
import { accessMembership, lockRoom, mayChangeSettings } from '../members/members.access.ts'
import { readSettings, updateSettings } from './rooms.store.ts'

/** Owners and moderators only. The same settings again change nothing. Problems: `room-not-found`, `not-allowed`. */
export async function updateRoomSettings(
  ctx: Context,
  actor: Actor,
  { roomId, ...settings }: { roomId: string } & RoomSettings,
): Promise<RoomSettings> {
  return inTransaction(ctx, actor, async (tx) => {
    await lockRoom(tx, actor, roomId)
    const mine = await accessMembership(tx, actor, roomId)
    if (!mayChangeSettings(mine)) throw problem('not-allowed')
    const before = await readSettings(tx.sql, roomId)
    if (before.notifyAll === settings.notifyAll) return before
    await updateSettings(tx.sql, roomId, settings)
    recordAct(tx, actor, {
      action: 'room.settings-changed',
      target: { roomId },
      before: { ...before },
      after: settings,
    })
    await emitToRoom(tx, roomId, { type: 'room.updated', data: settings }, { kind: 'room' })
    return settings
  })
}
