import type { DirectoryRoom } from '@conclave/shared/rooms'
import type { Sql } from '../../database/connection.ts'
import type { DirectoryPlace } from './directory-place.ts'

export interface DirectoryAsked {
  after: DirectoryPlace | undefined
  search: string
  limit: number
}

/**
 * Open rooms that are still talked in, whether the person is in them or not, by name; one more than was asked for.
 * Whatever is counted or looked up for a room is so for these only. What is searched for is looked for as it stands:
 * nothing in it means anything else, as it would in a pattern.
 */
export async function readDirectory(
  sql: Sql,
  personId: string,
  { after, search, limit }: DirectoryAsked,
): Promise<(DirectoryRoom & { sortName: string })[]> {
  return sql<(DirectoryRoom & { sortName: string })[]>`
    select
      r.id, r.name, r.topic, r.folded_name as "sortName",
      (select count(*) from memberships where room_id = r.id) as "memberCount",
      exists (
        select from memberships m where m.room_id = r.id and m.person_id = ${personId}
      ) as joined,
      exists (
        select from kept_out k where k.room_id = r.id and k.person_id = ${personId}
      ) as "keptOut",
      (
        select m.created_at from messages m where m.room_id = r.id and m.seq = r.last_seq
      ) as "lastMessageAt"
    from (
      select id, name, topic, last_seq, folded_name from rooms
      where kind = 'open' and archived_at is null
        ${after ? sql`and (folded_name, id) > (${after.sortName}, ${after.id}::uuid)` : sql``}
        ${search === '' ? sql`` : sql`and strpos(folded_name, ${foldedOnce(sql, search)}) > 0`}
      order by folded_name, id limit ${limit + 1}
    ) r
    order by r.folded_name, r.id`
}

/**
 * Text without its case and its ways of being written, as in migration 0016. In a query of its own, which is carried out
 * once: of a parameter it would be worked out again for each room that is looked at.
 */
function foldedOnce(sql: Sql, text: string) {
  return sql`(select casefold(normalize(${text}::text, nfkd) collate "pg_unicode_fast"))`
}
