import { addMember } from '@conclave/shared/members'
import { type Message, postMessage } from '@conclave/shared/messages'
import { type Room } from '@conclave/shared/rooms'
import { createRoom } from '@conclave/shared/rooms.create'
import { v7 } from 'uuid'
import { emitToRoom } from '../src/log/emit.ts'
import { inTransaction } from '../src/transaction.ts'
import type { Colleague } from './data-people.ts'
import type { Harness } from './harness.ts'

export const GENERAL = '01900000-0000-7000-8000-000000000001'
export const NOWHERE = '0190ffff-0000-7000-8000-00000000ffff'

/** A room of the owner's, with these others in it. */
export async function roomOf(
  owner: Colleague,
  kind: 'open' | 'closed',
  others: Colleague[] = [],
): Promise<Room> {
  const room = await owner.call(createRoom, { body: { kind, name: `${kind} room` } })
  for (const { id } of others) {
    await owner.call(addMember, { params: { roomId: room.id }, body: { personId: id } })
  }
  return room
}

export async function say(author: Colleague, roomId: string, text: string): Promise<Message> {
  return author.call(postMessage, { params: { roomId }, body: { id: v7(), text } })
}

/** Posts this many messages, one after the other. */
export async function sayMany(author: Colleague, roomId: string, count: number): Promise<void> {
  for (let nth = 1; nth <= count; nth += 1) await say(author, roomId, `message ${nth}`)
}

/** Gives a message another text, as the room's next revision. */
export async function reword(harness: Harness, message: Message, text: string): Promise<void> {
  const { id, roomId } = message
  await inTransaction(harness.ctx, null, async (tx) => {
    await tx.sql`select from rooms where id = ${roomId} for no key update`
    tx.lockedRooms.add(roomId)
    const data = { ...message, text }
    await emitToRoom(
      tx,
      roomId,
      { type: 'message.changed', data },
      { kind: 'message', subject: id },
    )
    await tx.sql`update messages set text = ${text} where room_id = ${roomId} and id = ${id}`
  })
}
