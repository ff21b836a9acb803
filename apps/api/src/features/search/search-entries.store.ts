import { textWithMentions } from '@conclave/shared/markup.plain'
import type { Message } from '@conclave/shared/messages'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { foldText } from './folded-text.ts'
import { keysOfMessage } from './search-keys.ts'
import { withoutMentions } from './without-mentions.ts'

/**
 * Indexes these messages as they are, unless the index has a later revision of them. What has no words is not in it. A message
 * whose time has been changed since it was read is left to whoever fills the index, because that change has no revision.
 */
export async function indexMessages(
  sql: TransactionSql,
  messages: readonly Message[],
): Promise<void> {
  const latest = new Map(messages.map((message) => [message.id, message]))
  const entries = [...latest.values()].filter(isSearched).map(toEntry)
  if (entries.length === 0) return
  await sql`
    insert into search_entries as entry (room_id, seq, rev, at, author_id, words, keys)
    select room_id, seq, given.rev, at, given.author_id, words, keys::integer[]
    from unnest(
      ${entries.map(({ roomId }) => roomId)}::uuid[],
      ${entries.map(({ seq }) => seq)}::bigint[],
      ${entries.map(({ rev }) => rev)}::bigint[],
      ${entries.map(({ createdAt }) => createdAt)}::timestamptz[],
      ${entries.map(({ authorId }) => authorId)}::uuid[],
      ${entries.map(({ words }) => words)}::text[],
      ${entries.map(({ keys }) => `{${keys.join(',')}}`)}::text[]
    ) as given (room_id, seq, rev, at, author_id, words, keys)
    join messages m using (room_id, seq)
    where m.created_at = at
    -- In one order, so that two that index the same never wait for each other.
    order by room_id, seq
    on conflict (room_id, seq) do update
    set rev = excluded.rev, at = excluded.at, words = excluded.words, keys = excluded.keys
    where entry.rev <= excluded.rev
      and (entry.at, entry.words, entry.keys) is distinct from (excluded.at, excluded.words, excluded.keys)`
}

/** The next messages of a room that the consumer does not index, from the last to the first; none when all are indexed. */
export async function takeUnindexed(sql: TransactionSql, most: number): Promise<Message[]> {
  const rows = await sql<{ message: Message }[]>`
    with room as (
      select room_id, below from search_fill order by room_id limit 1 for update skip locked
    ),
    next as (
      select m.seq, message_json(m) as message
      from room join messages m on m.room_id = room.room_id and m.seq < room.below
      order by m.seq desc limit ${most}
    ),
    done as (
      delete from search_fill using room
      where search_fill.room_id = room.room_id and (select count(*) from next) < ${most}
    ),
    advanced as (
      update search_fill set below = (select min(seq) from next) from room
      where search_fill.room_id = room.room_id and (select count(*) from next) = ${most}
    )
    select message from next`
  return rows.map(({ message }) => message)
}

/** How many messages are still to be indexed. */
export async function countUnindexed(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select coalesce(sum(below - 1), 0)::bigint as count from search_fill`
  return row?.count ?? 0
}

function isSearched({ line, removed }: Message): boolean {
  return line === undefined && removed === undefined
}

function toEntry(message: Message) {
  const { words } = foldText(withoutMentions(textWithMentions(message.text)))
  return { ...message, words, keys: keysOfMessage(message, words) }
}
