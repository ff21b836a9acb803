import { canonicalJson } from '@conclave/shared/messages.digest'
import type { Line } from '@conclave/shared/messages'
import type { TransactionSql } from '../../database/connection.ts'
import { streams } from '../../log/streams.ts'

/**
 * Stores a line as the room's next message, with its event in the log, as `post_messages` does for what people write. Nothing
 * in a room without messages.
 */
export async function insertLine(
  sql: TransactionSql,
  given: { roomId: string; authorId: string; line: Line },
): Promise<void> {
  const { roomId, authorId, line } = given
  await sql`
    with room as (
      update rooms set last_seq = last_seq + 1, rev = rev + 1
      where id = ${roomId} and last_seq > 0 returning id, last_seq, rev
    ),
    inserted as (
      insert into messages as m (room_id, id, seq, rev, author_id, text, created_at, line)
      select id, uuidv7(), last_seq, rev, ${authorId}, '', clock_timestamp(), ${canonicalJson(line)}::text::json
      from room
      returning m.room_id, m.id, m.rev, m.created_at
    )
    insert into log (stream, rev, kind, subject, type, at)
    select ${streams.room(roomId)}, rev, 'message', id, 'message.posted', created_at from inserted`
}
