import type { Member } from '@conclave/shared/members'
import type { Message, RoomChanges } from '@conclave/shared/messages'
import type { Run } from '@conclave/shared/messages.compare'
import type { Sql } from '../../database/connection.ts'

const CHANGES_MAX = 500

interface ChangesRow {
  rev: number
  lastSeq: number
  messages: Message[]
  members: Member[]
  left: string[]
  digest: string | null
}

/**
 * What a member missed: the present state of what changed, and the revision that it is of.
 * The digest of a run is of the same moment, because one statement reads all of it.
 */
export async function readChanges(
  sql: Sql,
  { personId, roomId }: { personId: string; roomId: string },
  { after, run }: { after: number; run: Run | undefined },
): Promise<RoomChanges | undefined> {
  const [row] = await sql<ChangesRow[]>`
    with room as (
      select r.id, r.rev, r.last_seq
      from memberships mine join rooms r on r.id = mine.room_id
      where mine.room_id = ${roomId} and mine.person_id = ${personId}
    ),
    changed as (
      select c.kind, c.subject
      from room join changes c on c.room_id = room.id
      where c.rev > ${after}::bigint and room.rev - ${after}::bigint between 1 and ${CHANGES_MAX}
    )
    select room.rev, room.last_seq as "lastSeq", (
      select coalesce(json_agg(message_json(m) order by m.seq), '[]') from messages m
      where m.room_id = room.id
        and m.id in (select subject from changed where kind = 'message')
    ) as messages, (
      select coalesce(json_agg(json_build_object(
        'personId', m.person_id, 'role', m.role, 'joinedAt', wire_time(m.joined_at)
      ) order by m.joined_at, m.person_id), '[]') from memberships m
      where m.room_id = room.id
        and m.person_id in (select subject from changed where kind = 'member')
    ) as members, array(
      select distinct c.subject::text from changed c
      where c.kind = 'member' and not exists (
        select from memberships m where m.room_id = room.id and m.person_id = c.subject
      )
    ) as left,
    ${run ? runDigest(sql, run) : sql`null`} as digest
    from room`
  if (!row) return undefined
  const missed = row.rev - after
  // A revision that has not been comes from another database, or from before a restored backup.
  if (missed < 0 || missed > CHANGES_MAX) return { reset: true, rev: row.rev }
  const { digest, ...changes } = row
  return { reset: false, ...changes, ...(digest === null ? {} : { digest }) }
}

function runDigest(sql: Sql, { from, to }: Run) {
  return sql`(
    select encode(sha256(coalesce(string_agg(m.digest, '' order by m.seq), '')), 'hex')
    from messages m
    where m.room_id = room.id and m.seq between ${from}::bigint and ${to}::bigint
  )`
}
