import type { Member } from '@conclave/shared/members'
import type { Message, RoomChanges } from '@conclave/shared/messages'
import type { Run } from '@conclave/shared/messages.compare'
import { DIGEST_VERSION } from '@conclave/shared/messages.digest'
import type { Sql } from '../../database/connection.ts'
import { isLetIn } from '../../admission.ts'
import { KEPT_REVS } from '../../log/log.store.ts'
import type { Reading } from './messages.store.ts'

const CHANGES_MAX = KEPT_REVS
/** The most bytes of JSON of the changes, and of one member or one id of somebody who left. */
const CHANGES_MAX_BYTES = 250_000
const MEMBER_MAX_BYTES = 150

interface ChangesRow {
  rev: number
  lastSeq: number
  /** Null: they would be too large. */
  messages: Message[] | null
  members: Member[]
  left: string[]
  sha256: string | null
}

/**
 * What a member missed: the current state of everything that changed, and its revision. The digest of a run is from the
 * same snapshot, because one statement reads all of it.
 */
export async function readChanges(
  sql: Sql,
  { roomId, reader }: Reading,
  { after, run }: { after: number; run: Run | undefined },
): Promise<RoomChanges | undefined> {
  const [row] = await sql<ChangesRow[]>`
    with room as (
      select r.id, r.rev, r.last_seq
      from memberships mine join rooms r on r.id = mine.room_id
      where mine.room_id = ${roomId} and mine.person_id = ${reader.personId}
        and ${isLetIn(sql, reader)}
    ),
    changed as (
      select distinct c.kind, c.subject
      from room join log c on c.stream = 'room:' || room.id
      -- The second bound never leaves anything out that the third does not; it bounds what is read.
      where c.rev > ${after}::bigint and c.rev <= ${after}::bigint + ${CHANGES_MAX}
        and room.rev - ${after}::bigint <= ${CHANGES_MAX}
    )
    -- Each subject is looked up by its key: a join could read the whole room for one message.
    select room.rev, room.last_seq as "lastSeq", (
      select case
        when coalesce(sum(octet_length(message.json::text)), 0) <= ${CHANGES_MAX_BYTES}::bigint
          - ${MEMBER_MAX_BYTES}::bigint * (select count(*) from changed where kind = 'member')
        then coalesce(json_agg(message.json order by message.seq), '[]')
      end
      from changed c cross join lateral (
        select m.seq, message_json(m) as json from messages m
        where m.room_id = room.id and m.id = c.subject limit 1
      ) message
      where c.kind = 'message'
    ) as messages, (
      select coalesce(json_agg(json_build_object(
        'personId', member.person_id, 'role', member.role, 'joinedAt', wire_time(member.joined_at)
      ) order by member.joined_at, member.person_id), '[]')
      from changed c cross join lateral (
        select * from memberships m where m.room_id = room.id and m.person_id = c.subject limit 1
      ) member
      where c.kind = 'member'
    ) as members, array(
      select c.subject::text
      from changed c left join lateral (
        select m.person_id from memberships m
        where m.room_id = room.id and m.person_id = c.subject limit 1
      ) member on true
      where c.kind = 'member' and member.person_id is null
    ) as left,
    ${run ? runDigest(sql, run) : sql`null`} as sha256
    from room`
  if (!row) return undefined
  const missed = row.rev - after
  // A revision that does not exist comes from another database, or from before a restored backup.
  if (missed < 0 || missed > CHANGES_MAX) return { reset: true, rev: row.rev }
  const { sha256, messages, ...changes } = row
  if (!messages) return { reset: true, rev: row.rev }
  const digest = sha256 === null ? {} : { runDigest: { version: DIGEST_VERSION, sha256 } }
  return { reset: false, messages, ...changes, ...digest }
}

function runDigest(sql: Sql, { from, to }: Run) {
  return sql`(
    select encode(sha256(coalesce(string_agg(m.digest, '' order by m.seq), '')), 'hex')
    from messages m
    where m.room_id = room.id and m.seq between ${from}::bigint and ${to}::bigint
  )`
}
