import type { Message, OfMessage, Reaction } from '@conclave/shared/messages'
import { canonicalJson } from '@conclave/shared/messages.digest'
import { REACTION_LIST_MAX, type listReactions } from '@conclave/shared/reactions'
import type { Result } from '@conclave/shared/contract'
import type { Acting } from '../../actor.ts'
import { isLetIn } from '../../admission.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'

/** Identifies one person's reaction with one emoji, whether it exists or not. */
export interface OneReaction extends OfMessage {
  emoji: string
  personId: string
}

export interface Reactable {
  archived: boolean
  removed: boolean
  /** Null: the room has no such message. */
  rev: number | null
  reactions: Reaction[]
  /** Whether this person has reacted with this emoji. */
  reacted: boolean
}

/** The message as a member may react to it; undefined for everybody else. The caller has locked the room. */
export async function readReactable(
  sql: TransactionSql,
  { roomId, messageId, emoji, personId }: OneReaction,
): Promise<Reactable | undefined> {
  const [found] = await sql<Reactable[]>`
    select
      r.archived_at is not null as archived, m.removed_at is not null as removed, m.rev, coalesce(m.reactions, '[]') as reactions,
      exists (
        select from reactions given
        where given.room_id = m.room_id and given.message_id = m.id
          and given.emoji = ${emoji} and given.person_id = mine.person_id
      ) as reacted
    from memberships mine
    join rooms r on r.id = mine.room_id
    left join messages m on m.room_id = r.id and m.id = ${messageId} and m.line is null
    where mine.room_id = ${roomId} and mine.person_id = ${personId}`
  return found
}

/** The reactions and the first people of each, for a member. Null if the room has no such message. */
export async function readReactors(
  sql: Sql,
  { roomId, messageId }: OfMessage,
  reader: Acting,
): Promise<{ rev: number | null; reactions: Reactors } | undefined> {
  const [found] = await sql<{ rev: number | null; reactions: Reactors }[]>`
    select m.rev, (
      select coalesce(json_agg(json_build_object(
        'emoji', emoji,
        'count', count,
        'people', array(
          select person_id from reactions given
          where given.room_id = m.room_id and given.message_id = m.id and given.emoji = shown.emoji
          order by given.rev limit ${REACTION_LIST_MAX}
        ),
        'mine', exists (
          select from reactions given
          where given.room_id = m.room_id and given.message_id = m.id
            and given.emoji = shown.emoji and given.person_id = mine.person_id
        )
      ) order by nth), '[]')
      from rows from (json_to_recordset(m.reactions) as (emoji text, count bigint))
        with ordinality as shown (emoji, count, nth)
    ) as reactions
    from memberships mine
    left join messages m on m.room_id = mine.room_id and m.id = ${messageId}
    where mine.room_id = ${roomId} and mine.person_id = ${reader.personId}
      and ${isLetIn(sql, reader)}`
  return found
}

type Reactors = Result<typeof listReactions>['reactions']

/** With the room's next revision, which the event of this change then takes. */
export async function insertReaction(
  sql: TransactionSql,
  { roomId, messageId, emoji, personId }: OneReaction,
): Promise<void> {
  await sql`
    insert into reactions (room_id, message_id, emoji, person_id, rev)
    select id, ${messageId}, ${emoji}, ${personId}, rev + 1 from rooms where id = ${roomId}`
}

export async function deleteReaction(
  sql: TransactionSql,
  { roomId, messageId, emoji, personId }: OneReaction,
): Promise<void> {
  await sql`
    delete from reactions
    where room_id = ${roomId} and message_id = ${messageId}
      and emoji = ${emoji} and person_id = ${personId}`
}

/** The first people who reacted with this emoji, oldest first. */
export async function readFirstPeople(
  sql: TransactionSql,
  { roomId, messageId, emoji }: OfMessage & Pick<Reaction, 'emoji'>,
  max: number,
): Promise<string[]> {
  const rows = await sql<{ personId: string }[]>`
    select person_id as "personId" from reactions
    where room_id = ${roomId} and message_id = ${messageId} and emoji = ${emoji}
    order by rev limit ${max}`
  return rows.map(({ personId }) => personId)
}

/** Stores the reactions in the message, at the room's next revision, which its event then takes; returns the message. */
export async function updateReactions(
  sql: TransactionSql,
  { roomId, messageId }: OfMessage,
  reactions: Reaction[],
): Promise<Message> {
  const stored = reactions.length > 0 ? canonicalJson(reactions) : null
  const [row] = await sql<{ message: Message }[]>`
    update messages m set reactions = ${stored}::text::json, rev = r.rev + 1
    from rooms r
    where r.id = m.room_id and m.room_id = ${roomId} and m.id = ${messageId}
    returning message_json(m) as message`
  if (!row) throw new Error('A message that was there is gone')
  return row.message
}
