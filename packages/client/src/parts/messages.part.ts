import type { RoomEvent } from '@conclave/shared/events'
import { agrees, comparedRun } from '@conclave/shared/messages.compare'
import { catchUpMessages, foldMessages, isBeyondNext } from '@conclave/shared/messages.fold'
import { listMessages, PAGE_SIZE, type Message, type MessagePage } from '@conclave/shared/messages'
import {
  ALL_MESSAGES_KEY,
  ALL_PENDING_KEY,
  ALL_REACTIONS_KEY,
  messagesKey,
} from '../keys/messages.keys.ts'
import { entryAt, type ChangingPart } from './part-kinds.ts'

/** A run of a room's messages. */
export const messages: ChangingPart<MessagePage> = {
  stream: 'room',
  entry: entryAt(messagesKey),
  fold: foldMessages,
  catchUp: catchUpMessages,
  check: (event, told) => {
    const message = messageOf(event)
    if (!message) return true
    // Otherwise new words could be put in the place of old ones, or far above where nobody looks again.
    if (message.roomId !== told.id) return false
    if (message.rev !== told.rev) return false
    return told.next === undefined || fits(told.next, message)
  },
  skips: (event, page) => {
    const message = messageOf(event)
    return message !== undefined && isBeyondNext(page, message)
  },
  load: ({ call, id, isRepair }) =>
    call(listMessages, {
      params: { roomId: id },
      query: { limit: String(PAGE_SIZE), ...(isRepair ? { repair: 'true' } : {}) },
    }),
  forgets: [ALL_MESSAGES_KEY, ALL_PENDING_KEY, ALL_REACTIONS_KEY],
  compare: {
    keys: ALL_MESSAGES_KEY,
    query: (page) => {
      const run = comparedRun(page)
      return run ? { from: String(run.from), to: String(run.to) } : {}
    },
    agrees,
  },
}

/** Every event of a message brings the message as it is now, whatever has become of it. */
function messageOf(event: RoomEvent): Message | undefined {
  return 'seq' in event.data ? event.data : undefined
}

/** Whether a true event can bring this message: one that is held stays what it is. */
function fits({ messages }: MessagePage, message: Message): boolean {
  const held = messages.find(({ id, seq }) => id === message.id || seq === message.seq)
  return held === undefined || isSame(held, message)
}

function isSame(held: Message, message: Message): boolean {
  return (
    held.id === message.id &&
    held.seq === message.seq &&
    held.authorId === message.authorId &&
    held.createdAt === message.createdAt
  )
}
