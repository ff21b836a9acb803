import { editMessage } from '@conclave/shared/edits'
import { addMember } from '@conclave/shared/members'
import { type Message, postMessage } from '@conclave/shared/messages'
import { removeMessage } from '@conclave/shared/removals'
import { type Room } from '@conclave/shared/rooms'
import { createRoom } from '@conclave/shared/rooms.create'
import { v7 } from 'uuid'
import type { Colleague } from './data-people.ts'

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

/** Gives a message of theirs another text. */
export async function edit(author: Colleague, message: Message, text: string): Promise<Message> {
  const { id: messageId, roomId } = message
  return author.call(editMessage, { params: { roomId, messageId }, body: { text } })
}

/** Removes a message. */
export async function remove(who: Colleague, { id, roomId }: Message): Promise<Message> {
  return who.call(removeMessage, { params: { roomId, messageId: id } })
}
