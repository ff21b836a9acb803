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
  const sortName = folded(sql, sql`r.name`)
  return sql<(DirectoryRoom & { sortName: string })[]>`
    select
      r.id, r.name, r.topic, r."sortName",
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
      select r.id, r.name, r.topic, r.last_seq, ${sortName} as "sortName"
      from rooms r
      -- The limit is part of the text: of a parameter the planner takes it that it is large, and sorts all rooms.
      where r.kind = 'open' and r.archived_at is null
        ${after ? sql`and (${sortName}, r.id) > (${after.sortName}, ${after.id}::uuid)` : sql``}
        ${search === '' ? sql`` : sql`and strpos(${sortName}, ${folded(sql, sql`${search}::text`)}) > 0`}
      order by ${sortName}, r.id limit ${sql.unsafe(String(Math.trunc(limit) + 1))}
    ) r
    order by r."sortName", r.id`
}

/** Text without its case and its ways of being written; the index of migration 0013 is of the same words. */
function folded(sql: Sql, text: ReturnType<Sql>) {
  return sql`casefold(normalize(${text}, nfkd) collate "pg_unicode_fast")`
}
