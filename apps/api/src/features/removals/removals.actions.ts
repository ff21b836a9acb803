import type { Message, OfMessage } from '@conclave/shared/messages'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { recordAct } from '../../audit/record-act.ts'
import { streams } from '../../log/streams.ts'
import { inTransaction } from '../../transaction.ts'
import { changeMessage, messageOf } from '../messages/message-change.ts'
import { emptyAnyMessage, emptyOwnMessage } from './removals.store.ts'

/**
 * Removes a message and everything that was in it; what is left says when, and whether its author did it. Removing it again
 * changes nothing. Throws `not-allowed` for somebody else's message, unless the caller moderates the room.
 */
export async function removeMessage(
  ctx: Context,
  actor: Actor,
  ofMessage: OfMessage,
): Promise<Message> {
  const own = await changeMessage(ctx, actor, async () =>
    emptyOwnMessage(ctx.sql, actor, ofMessage),
  )
  return own.outcome === 'not-allowed' ? moderate(ctx, actor, ofMessage) : messageOf(own)
}

/** In a transaction with its audit entry, which has to be written before the caller's gate. */
async function moderate(ctx: Context, actor: Actor, ofMessage: OfMessage): Promise<Message> {
  return inTransaction(ctx, actor, async (tx) => {
    const change = await emptyAnyMessage(tx.sql, actor.personId, ofMessage)
    const message = messageOf(change)
    if (change.outcome === 'changed') {
      tx.emittedTo.add(streams.room(message.roomId))
      const target = { ...ofMessage, personId: message.authorId }
      recordAct(tx, actor, { action: 'message.removed', target })
    }
    return message
  })
}
