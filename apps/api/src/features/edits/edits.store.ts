import { VERSIONS_PAGE_MAX, type Version } from '@conclave/shared/edits'
import type { Notifies, OfMessage } from '@conclave/shared/messages'
import type { Acting } from '../../actor.ts'
import { isLetIn, passGate } from '../../admission.ts'
import type { Sql } from '../../database/connection.ts'
import { withinBytes } from '../../list-page.ts'
import { onlyChange, type MessageChange } from '../messages/message-change.ts'

export interface Edit extends OfMessage {
  text: string
  /** People whom it mentions; those who are not in the room are left out. */
  mentions: readonly string[]
  notifies: Notifies | undefined
}

/** Gives a message of the caller's another text, if it can still be edited (`edit_message` in migration 0030). */
export async function updateText(
  sql: Sql,
  author: Acting,
  { roomId, messageId, text, mentions, notifies }: Edit,
): Promise<MessageChange> {
  const rows = await sql<MessageChange[]>`
    select outcome, message, ${passGate(sql, author)} from edit_message(
      ${roomId}, ${messageId}, ${author.personId}, ${text}, ${[...mentions]}::uuid[], ${notifies ?? null}
    )`
  return onlyChange(rows)
}

/** Earlier texts, newest first, for a member; `versions` is null if the room has no such message. */
export async function readVersions(
  sql: Sql,
  { roomId, messageId }: OfMessage,
  { reader, before }: { reader: Acting; before: number | undefined },
): Promise<{ versions: Version[] | null; more: boolean } | undefined> {
  const [found] = await sql<{ versions: Version[] | null }[]>`
    select case when m.id is not null then (
      select coalesce(json_agg(json_build_object(
        'number', v.number, 'text', v.text, 'at', wire_time(v.at)
      ) order by v.number desc), '[]')
      from (
        select * from versions
        where room_id = m.room_id and message_id = m.id
          and number < coalesce(${before ?? null}::bigint, number + 1)
        order by number desc limit ${VERSIONS_PAGE_MAX + 1}
      ) v
    ) end as versions
    from memberships mine
    left join messages m on m.room_id = mine.room_id and m.id = ${messageId}
    where mine.room_id = ${roomId} and mine.person_id = ${reader.personId}
      and ${isLetIn(sql, reader)}`
  if (!found?.versions) return found && { versions: null, more: false }
  const page = withinBytes(found.versions.slice(0, VERSIONS_PAGE_MAX))
  return { versions: page, more: page.length < found.versions.length }
}
