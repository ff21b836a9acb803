import { VERSIONS_PAGE_MAX, type Version } from '@conclave/shared/edits'
import type { Message, Notifies, OfMessage } from '@conclave/shared/messages'
import type { Acting } from '../../actor.ts'
import { isLetIn } from '../../admission.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { withinBytes } from '../../list-page.ts'

export interface Editable {
  archived: boolean
  /** Null: the room has no such message. */
  message: Message | null
  /** Whether the workspace still allows it, by the database's clock. */
  isEditable: boolean
  /** Whether the workspace keeps what a message said before. */
  keepsVersions: boolean
}

/** The message as a member may edit it; undefined for everybody else. The caller has locked the room. */
export async function readEditable(
  sql: TransactionSql,
  { roomId, messageId, personId }: OfMessage & { personId: string },
): Promise<Editable | undefined> {
  const [found] = await sql<Editable[]>`
    select
      r.archived_at is not null as archived,
      case when m.id is not null then message_json(m) end as message,
      coalesce(is_editable(m.created_at), false) as "isEditable",
      workspace.show_versions as "keepsVersions"
    from memberships mine
    join rooms r on r.id = mine.room_id
    cross join workspace
    left join messages m on m.room_id = r.id and m.id = ${messageId}
    where mine.room_id = ${roomId} and mine.person_id = ${personId}`
  return found
}

export interface NewText {
  text: string
  /** People whom it mentions; those who are not in the room are left out. */
  mentions: readonly string[]
  notifies: Notifies | undefined
  /** Whether the text that it had is kept. */
  keepsVersion: boolean
}

/**
 * Stores the text, and whom it mentions now, at the room's next revision, which its event then takes; returns the message.
 * Of two edits of a message the later one has the later time, whatever the clock does.
 */
export async function updateText(
  sql: TransactionSql,
  { roomId, id, seq, mentions = [] }: Message,
  { text, mentions: wanted, notifies, keepsVersion }: NewText,
): Promise<Message> {
  const [row] = await sql<{ message: Message }[]>`
    with kept as (
      insert into versions (room_id, message_id, number, text, at)
      select m.room_id, m.id,
        1 + coalesce((
          select max(number) from versions where room_id = m.room_id and message_id = m.id
        ), 0),
        m.text, coalesce(m.edited_at, m.created_at)
      from messages m where ${keepsVersion} and m.room_id = ${roomId} and m.id = ${id}
    ),
    edited as (
      update messages m set
        text = ${text},
        edited_at = greatest(
          clock_timestamp(), coalesce(m.edited_at, m.created_at) + interval '1 millisecond'
        ),
        mentions = members_among(m.room_id, m.author_id, ${[...wanted]}::uuid[]),
        notifies = ${notifies ?? null},
        rev = r.rev + 1
      from rooms r
      where r.id = m.room_id and m.room_id = ${roomId} and m.id = ${id}
      returning m.mentions, message_json(m) as message
    ),
    unmentioned as (
      delete from mentions using edited
      where mentions.person_id = any (${[...mentions]}::uuid[])
        and mentions.room_id = ${roomId} and mentions.seq = ${seq}::bigint
        and mentions.person_id <> all (coalesce(edited.mentions, '{}'))
    ),
    mentioned as (
      insert into mentions (person_id, room_id, seq)
      select unnest(edited.mentions), ${roomId}::uuid, ${seq}::bigint from edited
      on conflict do nothing
    )
    select message from edited`
  if (!row) throw new Error('A message that was there is gone')
  return row.message
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
