import type { Message } from '@conclave/shared/messages'
import type { Acting } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { streams } from '../../log/streams.ts'
import { problem } from '../../problem.ts'
import { inOneStatement } from '../../transaction.ts'

type Refusal =
  | 'edit-window-over'
  | 'message-not-found'
  | 'message-removed'
  | 'not-allowed'
  | 'room-archived'
  | 'room-not-found'
  | 'too-many-reactions'

/** What came of changing a message, from a function of migration 0030, which locks the room, judges, writes and emits. */
export type MessageChange =
  | {
      /** `same`: it was so already, and nothing was written. */
      outcome: 'changed' | 'same'
      /** As it is now. */
      message: Message
    }
  | { outcome: Refusal; message: null }

/** Changes a message in one statement, which passes the caller's gate; wakes the consumers if it changed. */
export async function changeMessage(
  ctx: Context,
  acting: Acting,
  statement: () => Promise<MessageChange>,
): Promise<MessageChange> {
  const change = await inOneStatement(acting, statement)
  if (change.outcome === 'changed') ctx.consumers.wake([streams.room(change.message.roomId)])
  return change
}

/** The message as it is now. Throws what the change was refused with. */
export function messageOf({ outcome, message }: MessageChange): Message {
  if (message === null) throw problem(outcome)
  return message
}

/** The one row that such a function answers. */
export function onlyChange([change]: readonly MessageChange[]): MessageChange {
  if (!change) throw new Error('The database did not say what came of a change')
  return change
}
