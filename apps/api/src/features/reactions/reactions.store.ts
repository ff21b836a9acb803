import type { Result } from '@conclave/shared/contract'
import type { OfMessage } from '@conclave/shared/messages'
import {
  peopleNamedMax,
  REACTION_LIST_MAX,
  REACTIONS_MAX,
  type listReactions,
  type SetReaction,
} from '@conclave/shared/reactions'
import type { Acting } from '../../actor.ts'
import { isLetIn, passGate } from '../../admission.ts'
import type { Sql } from '../../database/connection.ts'
import { onlyChange, type MessageChange } from '../messages/message-change.ts'

/** How many people of each emoji a message names with one, two … different ones, up to as many as it can have. */
const NAMED_MAX = Array.from({ length: REACTIONS_MAX }, (_, nth) => peopleNamedMax(nth + 1))

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

/** Sets or takes back one reaction of the caller's (`set_reaction` in migration 0030). */
export async function updateReaction(
  sql: Sql,
  author: Acting,
  { roomId, messageId, emoji, reacted }: OfMessage & SetReaction,
): Promise<MessageChange> {
  const rows = await sql<MessageChange[]>`
    select outcome, message, ${passGate(sql, author)} from set_reaction(
      ${roomId}, ${messageId}, ${author.personId}, ${emoji}, ${reacted}, ${NAMED_MAX}::integer[]
    )`
  return onlyChange(rows)
}
