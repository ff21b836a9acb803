import type { Message, OfMessage, Removed } from '@conclave/shared/messages'
import type { TransactionSql } from '../../database/connection.ts'

/** The message; the caller has locked the room, and may read it. */
export async function readMessage(
  sql: TransactionSql,
  { roomId, messageId }: OfMessage,
): Promise<Message | undefined> {
  const [row] = await sql<{ message: Message }[]>`
    select message_json(m) as message from messages m
    where room_id = ${roomId} and id = ${messageId}`
  return row?.message
}

/**
 * Deletes all that there is of a message besides its place in the room, at the room's next revision, which its event then
 * takes; returns what is left. Every table that has something of a message is here.
 */
export async function emptyMessage(
  sql: TransactionSql,
  { roomId, id, seq, mentions = [] }: Message,
  by: Removed['by'],
): Promise<Message> {
  const [row] = await sql<{ message: Message }[]>`
    with versions as (
      delete from versions where room_id = ${roomId} and message_id = ${id}
    ),
    reactions as (
      delete from reactions where room_id = ${roomId} and message_id = ${id}
    ),
    unmentioned as (
      delete from mentions
      where person_id = any (${[...mentions]}::uuid[]) and room_id = ${roomId} and seq = ${seq}::bigint
    )
    update messages m set
      text = '', edited_at = null, reply_to = null, mentions = null, notifies = null, reactions = null,
      removed_at = clock_timestamp(), removed_by = ${by}, rev = r.rev + 1
    from rooms r
    where r.id = m.room_id and m.room_id = ${roomId} and m.id = ${id}
    returning message_json(m) as message`
  if (!row) throw new Error('A message that was there is gone')
  return row.message
}
