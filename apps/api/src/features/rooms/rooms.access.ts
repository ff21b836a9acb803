import type { Room } from '@conclave/shared/rooms'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { readRoomFor } from './rooms.store.ts'

/** A room that the caller is in. For an outsider it does not exist. */
export async function accessRoom(ctx: Context, actor: Actor, roomId: string): Promise<Room> {
  const room = await readRoomFor(ctx.sql, actor, roomId)
  if (!room) throw problem('room-not-found')
  return room
}
