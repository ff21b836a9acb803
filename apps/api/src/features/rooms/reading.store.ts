import type { Room } from '@conclave/shared/rooms'
import { MENTIONS_LISTED, runsWithout, UNREAD_LOOKED_AT } from '@conclave/shared/unread'
import type { Sql, TransactionSql } from '../../database/connection.ts'

/** How many messages after the stored position are looked at for one that is there to be read. */
const PASSED_MAX = 20_000

/** What is read of a room by one of its members. */
export interface Reading {
  readSeq: number
  /** The seqs after it, as far as they are looked at, that are not there to be read. */
  passed: number[]
  /** The seqs after it that mention the member; a message can mention them in two ways. */
  mentioning: number[]
}

/**
 * The `Reading` of room `r` and its member `m`, as JSON. A few ranges of indexes, however many messages there are; nothing
 * where all is read.
 */
export function reading(sql: Sql | TransactionSql) {
  const looked = sql`seq > at.seq and seq <= at.seq + ${UNREAD_LOOKED_AT}::bigint`
  const isNotToRead = sql`(removed_at is not null or line is not null)`
  return sql`(
    select json_build_object(
      'readSeq', at.seq,
      'passed', case when at.seq < r.last_seq then array(
        select seq from messages where room_id = r.id and author_id = m.person_id and ${looked}
        union all
        select seq from messages where room_id = r.id and ${isNotToRead} and ${looked}
      ) else '{}' end,
      'mentioning', case when at.seq < r.last_seq then array(
        (
          select seq from mentions
          where person_id = m.person_id and room_id = r.id and seq > at.seq
          order by seq limit ${MENTIONS_LISTED}
        )
        union
        (
          select seq from messages
          where room_id = r.id and notifies is not null and removed_at is null
            and author_id <> m.person_id and seq > at.seq
          order by seq limit ${MENTIONS_LISTED}
        )
        order by seq limit ${MENTIONS_LISTED}
      ) else '{}' end
    )
    -- Computed once: offset keeps the planner from copying it to each place.
    from (select ${readThrough(sql, sql`m.read_seq`)} as seq offset 0) at
  )`
}

/** The read position, and what is counted after it, as `withMessage` and `withRead` of packages/shared fold them. */
export function countsOf(
  { readSeq, passed, mentioning }: Reading,
  lastSeq: number,
): Pick<Room, 'readSeq' | 'unread' | 'mentions'> {
  const upTo = Math.min(readSeq + UNREAD_LOOKED_AT, lastSeq)
  return {
    readSeq,
    unread: { runs: runsWithout(readSeq + 1, upTo, passed), upTo },
    mentions: { seqs: mentioning, upTo: mentioning[MENTIONS_LISTED - 1] ?? lastSeq },
  }
}

/**
 * The effective read position: what nobody has to read right after the stored position counts as read, which is the person's
 * own messages, removed ones, and what the system said. It is computed when a room is read, so that posting stays cheap.
 * Nobody else ever writes in a direct room with oneself.
 */
function readThrough(sql: Sql | TransactionSql, seq: ReturnType<Sql>) {
  return sql`case when r.kind = 'direct' and r.member_count = 1 then r.last_seq else coalesce(
    (
      select said.seq - 1
      from (
        select seq, author_id, removed_at, line from messages
        where room_id = r.id and seq > ${seq} order by seq limit ${PASSED_MAX}
      ) said
      where said.author_id <> m.person_id and said.removed_at is null and said.line is null
      order by said.seq limit 1
    ),
    least(r.last_seq, ${seq} + ${PASSED_MAX})
  ) end`
}

/** A position as it is stored. */
export interface StoredRead {
  readSeq: number
  readVersion: number
}

/**
 * Moves a position forward, unless it was set by hand after the version that is given. Returns undefined when it did not
 * move.
 */
export async function advanceRead(
  sql: TransactionSql,
  move: { roomId: string; personId: string; seq: number; readVersion?: number | undefined },
): Promise<StoredRead | undefined> {
  const { roomId, personId, seq, readVersion = null } = move
  const [moved] = await sql<StoredRead[]>`
    update memberships m set read_seq = ${readThrough(sql, sql`least(${seq}::bigint, r.last_seq)`)}
    from rooms r
    where r.id = m.room_id and m.room_id = ${roomId} and m.person_id = ${personId}
      and m.read_seq < least(${seq}::bigint, r.last_seq)
      and m.read_version <= coalesce(${readVersion}::bigint, m.read_version)
    returning m.read_seq as "readSeq", m.read_version as "readVersion"`
  return moved
}

/** Sets positions of one person, with the revision of their own stream that tells of it. Rooms of others are left out. */
export async function setReads(
  sql: TransactionSql,
  given: { personId: string; version: number; seqs: ReadonlyMap<string, number> },
): Promise<(StoredRead & { roomId: string })[]> {
  const { personId, version, seqs } = given
  return sql<(StoredRead & { roomId: string })[]>`
    update memberships m
    set read_seq = ${readThrough(sql, sql`least(wanted.seq, r.last_seq)`)}, read_version = ${version}
    from unnest(${[...seqs.keys()]}::uuid[], ${[...seqs.values()]}::bigint[]) as wanted (room_id, seq)
    join rooms r on r.id = wanted.room_id
    where m.room_id = wanted.room_id and m.person_id = ${personId}
    returning m.room_id as "roomId", m.read_seq as "readSeq", m.read_version as "readVersion"`
}

/** Locks the person's memberships of these rooms, in one order, and then the person; returns the next revision. */
export async function lockReads(
  sql: TransactionSql,
  personId: string,
  roomIds: readonly string[],
): Promise<number> {
  await sql`
    select from memberships
    where person_id = ${personId} and room_id = any (${[...roomIds]}::uuid[])
    order by room_id for no key update`
  const [person] = await sql<{ next: number }[]>`
    select rev + 1 as next from people where id = ${personId} for no key update`
  if (!person) throw new Error('Somebody who is signed in has no row')
  return person.next
}
