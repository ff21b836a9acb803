import type { ProblemSlug } from '@conclave/shared/problems'
import { addMember, removeMember } from '@conclave/shared/members'
import { listMessages, type Message, postMessage } from '@conclave/shared/messages'
import { setReaction } from '@conclave/shared/reactions'
import { moveRead } from '@conclave/shared/rooms'
import { updateRoomSettings } from '@conclave/shared/rooms.settings'
import { updateWorkspace } from '@conclave/shared/workspace'
import { v7 } from 'uuid'
import { type Colleague, outcomeOf } from './data-people.ts'
import { edit, remove } from './data-rooms.ts'

/** Alice owns the workspace and the room; Bob is in it, and Carol comes and goes. */
export interface RoomWorld {
  alice: Colleague
  bob: Colleague
  carol: Colleague
  roomId: string
}

/** Everything that can happen to messages, and what may come between. */
export const ROOM_ACTS = [
  'say',
  'say',
  'reply',
  'reply',
  'react',
  'react',
  'edit',
  'edit',
  'remove',
  'moderate',
  'member',
  'read',
  'room settings',
  'workspace settings',
] as const

export type RoomAct = readonly [kind: (typeof ROOM_ACTS)[number], first: number, second: number]

const EMOJI = ['👍', '🎉', '❤️']

/** Does it; the numbers choose who, to which message and what. Resolves to `done`, or to why it was refused. */
export async function actIn(
  world: RoomWorld,
  [kind, first, second]: RoomAct,
): Promise<ProblemSlug | 'done'> {
  const { alice, roomId } = world
  const { messages } = await alice.call(listMessages, { params: { roomId }, query: {} })
  const message = messages[first % messages.length]
  if (!message) throw new Error('Something has to be said first')
  return outcomeOf(actOn(world, kind, message, second))
}

async function actOn(
  { alice, bob, carol, roomId }: RoomWorld,
  kind: RoomAct[0],
  message: Message,
  number: number,
): Promise<unknown> {
  const who = number % 2 ? alice : bob
  const author = message.authorId === alice.id ? alice : bob
  const params = { roomId }
  const ofMessage = { roomId, messageId: message.id }
  const texts = [`Hello ${number}`, `<@${alice.id}> hello`, `<@${bob.id}> <@${carol.id}> hello`]
  const text = [...texts, '<!room> hello', '<!here> hello'][number % 5]!
  const body = { id: v7(), text }
  switch (kind) {
    case 'say':
      return who.call(postMessage, { params, body })
    case 'reply':
      return who.call(postMessage, { params, body: { ...body, replyTo: message.id } })
    case 'react':
      return who.call(setReaction, {
        params: ofMessage,
        body: { emoji: EMOJI[number % EMOJI.length]!, reacted: number % 4 > 0 },
      })
    case 'edit':
      return edit(author, message, text)
    case 'remove':
      return remove(author, message)
    case 'moderate':
      return remove(alice, message)
    case 'member': {
      const added = await outcomeOf(alice.call(addMember, { params, body: { personId: carol.id } }))
      if (number % 2 || added !== 'done')
        await alice.call(removeMember, { params: { roomId, personId: carol.id } })
      return
    }
    case 'read':
      return bob.call(moveRead, { params, body: { seq: message.seq } })
    case 'room settings':
      return alice.call(updateRoomSettings, {
        params,
        body: { notifyAll: number % 2 ? 'moderators' : 'members' },
      })
    case 'workspace settings':
      return alice.call(updateWorkspace, {
        body: { editWindowMinutes: number % 3 ? null : 60, showVersions: number % 2 > 0 },
      })
  }
}
