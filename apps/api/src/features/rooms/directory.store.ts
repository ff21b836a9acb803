import type { DirectoryRoom } from '@conclave/shared/rooms'
import type { Acting } from '../../actor.ts'
import { isLetIn } from '../../admission.ts'
import type { Sql } from '../../database/connection.ts'
import { cutNamePage, inNamePage, type NamePage } from '../../name-page.ts'

/**
 * A page of the open rooms that are not archived, joined or not, by name. Lookups are done for these rooms only. Undefined for a
 * reader without access.
 */
export async function readDirectory(
  sql: Sql,
  reader: Acting,
  asked: NamePage,
): Promise<{ rooms: DirectoryRoom[]; next?: string } | undefined> {
  const { personId } = reader
  const rows = await sql<((DirectoryRoom | { id: null }) & { sortName: string })[]>`
    select
      r.id, r.name, r.topic, r.folded_name as "sortName", r.member_count as "memberCount",
      exists (
        select from memberships m where m.room_id = r.id and m.person_id = ${personId}
      ) as joined,
      exists (
        select from kept_out k where k.room_id = r.id and k.person_id = ${personId}
      ) as "keptOut",
      (
        select m.created_at from messages m where m.room_id = r.id and m.seq = r.last_seq
      ) as "lastMessageAt"
    from team left join lateral (
      select id, name, topic, last_seq, member_count, folded_name from rooms
      where kind = 'open' and archived_at is null and ${inNamePage(sql, asked)}
      order by folded_name, id limit ${asked.limit + 1}
    ) r on true
    where ${isLetIn(sql, reader)}
    order by r.folded_name, r.id`
  if (rows.length === 0) return undefined
  const found = rows.filter((row) => row.id !== null)
  const { page, ...more } = cutNamePage(found, asked.limit, (row) => row)
  return { rooms: page.map(toDirectoryRoom), ...more }
}

function toDirectoryRoom(row: DirectoryRoom): DirectoryRoom {
  const { id, name, topic, memberCount, joined, keptOut, lastMessageAt } = row
  return { id, name, topic, memberCount, joined, keptOut, lastMessageAt }
}
