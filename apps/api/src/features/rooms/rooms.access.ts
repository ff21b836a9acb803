import type { Room } from '@conclave/shared/rooms'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { readEpochs, readRoom } from './rooms.store.ts'

/** A room I am in. To an outsider a room does not exist. */
export async function accessRoom(ctx: Context, actor: Actor, roomId: string): Promise<Room> {
  const room = await readRoom(ctx.sql, actor.personId, roomId)
  if (!room) throw problem('room-not-found')
  return room
}

/** What signing channels needs to know of those of these rooms that I am in. */
export async function currentEpochs(
  ctx: Context,
  actor: Actor,
  roomIds: string[],
): Promise<Map<string, { epoch: number; memberCount: number }>> {
  const rooms = await readEpochs(ctx.sql, actor, roomIds)
  return new Map(
    rooms.map(({ roomId, epoch, memberCount }) => [roomId, { epoch, memberCount }] as const),
  )
}
