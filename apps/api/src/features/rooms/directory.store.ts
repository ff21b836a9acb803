import type { DirectoryRoom } from '@conclave/shared/rooms'
import type { Sql } from '../../database/connection.ts'
import type { DirectoryPlace } from './directory-place.ts'

export interface DirectoryAsked {
  after: DirectoryPlace | undefined
  search: string
  limit: number
}

/**
 * Open rooms that are not archived, joined or not, by name; one more than `limit`. Counts and lookups are done for
 * these rooms only. The search text is matched literally: it is no pattern.
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
 * The folded search text, as in migration 0016. A subquery is evaluated once; an expression would be evaluated for
 * every room.
 */
function foldedOnce(sql: Sql, text: string) {
  return sql`(select casefold(normalize(${text}::text, nfkd) collate "pg_unicode_fast"))`
}
