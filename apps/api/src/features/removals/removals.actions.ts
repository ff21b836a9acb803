import type { Message, OfMessage } from '@conclave/shared/messages'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { emitToRoom } from '../../log/emit.ts'
import { recordAct } from '../../audit/record-act.ts'
import { inTransaction } from '../../transaction.ts'
import { accessMembership, lockRoom, mayModerate } from '../members/members.access.ts'
import { emptyMessage, readMessage } from './removals.store.ts'

/**
 * Removes a message and everything that was in it; what is left says when, and whether its author did it. Removing it again
 * changes nothing. Throws `not-allowed` for somebody else's message, unless the caller moderates the room.
 */
export async function removeMessage(
  ctx: Context,
  actor: Actor,
  { roomId, messageId }: OfMessage,
): Promise<Message> {
  return inTransaction(ctx, actor, async (tx) => {
    await lockRoom(tx, actor, roomId)
    const mine = await accessMembership(tx, actor, roomId)
    const message = await readMessage(tx.sql, { roomId, messageId })
    if (!message) throw problem('message-not-found')
    const { authorId } = message
    const isMine = authorId === actor.personId
    if (message.line || !(isMine || mayModerate(mine))) throw problem('not-allowed')
    if (message.removed) return message
    const data = await emptyMessage(tx.sql, message, isMine ? 'author' : 'moderator')
    if (!isMine) {
      const target = { roomId, messageId, personId: authorId }
      recordAct(tx, actor, { action: 'message.removed', target })
    }
    const changed = { kind: 'message', subject: messageId } as const
    await emitToRoom(tx, roomId, { type: 'message.changed', data }, changed)
    return data
  })
}
