import type { OfMessage } from '@conclave/shared/messages'
import type { Acting } from '../../actor.ts'
import { passGate } from '../../admission.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { onlyChange, type MessageChange } from '../messages/message-change.ts'

/** Deletes all that there is of a message of the caller's besides its place in the room (`remove_message` in migration 0030). */
export async function emptyOwnMessage(
  sql: Sql,
  author: Acting,
  { roomId, messageId }: OfMessage,
): Promise<MessageChange> {
  const rows = await sql<MessageChange[]>`
    select outcome, message, ${passGate(sql, author)}
    from remove_message(${roomId}, ${messageId}, ${author.personId}, 'author')`
  return onlyChange(rows)
}

/** The same for anybody's message, by somebody who moderates the room. */
export async function emptyAnyMessage(
  sql: TransactionSql,
  moderatorId: string,
  { roomId, messageId }: OfMessage,
): Promise<MessageChange> {
  const rows = await sql<MessageChange[]>`
    select outcome, message from remove_message(${roomId}, ${messageId}, ${moderatorId}, 'moderator')`
  return onlyChange(rows)
}
