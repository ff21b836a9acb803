import type { Member } from '@conclave/shared/members'
import type { DirectoryRoom, Room, RoomKind, RoomRole, Rooms } from '@conclave/shared/rooms'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { problem } from '../../problem.ts'

/** My rooms in the order I joined them, and the revision of my notices, from one snapshot. */
export async function readRooms(sql: Sql, personId: string): Promise<Rooms> {
  const rows = await sql<(Notices & (Room | { id: null }))[]>`
    select
      person.rev as "noticeRev", person.epoch as "noticeEpoch", team.epoch as "teamEpoch", room.*
    from people person cross join team
    left join lateral (
      select m.joined_at, ${roomColumns(sql)}
      from memberships m join rooms r on r.id = m.room_id
      where m.person_id = person.id
    ) room on true
    where person.id = ${personId}
    order by room.joined_at, room.id`
  return {
    rooms: rows.flatMap((row) => (row.id === null ? [] : [toRoom(row)])),
    rev: rows[0]?.noticeRev ?? 0,
    epoch: rows[0]?.noticeEpoch ?? 0,
    teamEpoch: rows[0]?.teamEpoch ?? 0,
  }
}

interface Notices {
  noticeRev: number
  noticeEpoch: number
  teamEpoch: number
}

/** A room through a person's membership; for everybody else there is none. */
export async function readRoom(
  sql: Sql | TransactionSql,
  personId: string,
  roomId: string,
): Promise<Room | undefined> {
  const [room] = await sql<Room[]>`
    select ${roomColumns(sql)}
    from memberships m join rooms r on r.id = m.room_id
    where m.room_id = ${roomId} and m.person_id = ${personId}`
  return room && toRoom(room)
}

export async function insertRoom(
  sql: TransactionSql,
  { kind, name, topic }: { kind: RoomKind; name: string; topic: string },
): Promise<string> {
  const [room] = await sql<{ id: string }[]>`
    insert into rooms (kind, name, topic) values (${kind}, ${name}, ${topic}) returning id`
  if (!room) throw new Error('A new room has no id')
  return room.id
}

export async function findDirect(
  sql: Sql | TransactionSql,
  key: string,
): Promise<string | undefined> {
  const [room] = await sql<{ id: string }[]>`select id from rooms where direct_key = ${key}`
  return room?.id
}

/** Answers undefined when somebody else has just made it. */
export async function insertDirect(sql: TransactionSql, key: string): Promise<string | undefined> {
  const [room] = await sql<{ id: string }[]>`
    insert into rooms (kind, name, direct_key) values ('direct', '', ${key})
    on conflict (direct_key) do nothing
    returning id`
  return room?.id
}

/**
 * Only of somebody who is with us, behind the lock of their row: whoever takes their access sees every room of theirs.
 * Throws `person-not-found`.
 */
export async function insertMembership(
  sql: TransactionSql,
  { roomId, personId, role }: { roomId: string; personId: string; role: RoomRole },
): Promise<Member> {
  const [member] = await sql<Member[]>`
    with present as (
      select id from people where id = ${personId} and blocked_at is null for no key update
    )
    insert into memberships (room_id, person_id, role)
    select ${roomId}, id, ${role} from present
    returning person_id as "personId", role, joined_at as "joinedAt"`
  if (!member) throw problem('person-not-found')
  return member
}

/** Answers the new position, or undefined when it did not move. */
export async function advanceRead(
  sql: TransactionSql,
  { roomId, personId, seq }: { roomId: string; personId: string; seq: number },
): Promise<number | undefined> {
  const [moved] = await sql<{ readSeq: number }[]>`
    update memberships m set read_seq = least(${seq}::bigint, r.last_seq)
    from rooms r
    where r.id = m.room_id and m.room_id = ${roomId} and m.person_id = ${personId}
      and m.read_seq < least(${seq}::bigint, r.last_seq)
    returning m.read_seq as "readSeq"`
  return moved?.readSeq
}

/** Locks these rooms, in id order; says nothing about who may enter them. */
export async function lockRooms(sql: TransactionSql, roomIds: string[]): Promise<void> {
  await sql`
    select from rooms where id = any (${roomIds}::uuid[]) order by id for no key update`
}

/** Open rooms that are still talked in, whether the person is in them or not. */
export async function readDirectory(sql: Sql, personId: string): Promise<DirectoryRoom[]> {
  return sql<DirectoryRoom[]>`
    select
      r.id, r.name, r.topic,
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
    from rooms r where r.kind = 'open' and r.archived_at is null
    order by lower(r.name), r.id`
}

/** Locks the rooms everybody is in. */
export async function lockDefaultRooms(sql: TransactionSql): Promise<string[]> {
  const rooms = await sql<{ id: string }[]>`
    select id from rooms where is_default and archived_at is null
    order by id for no key update`
  return rooms.map(({ id }) => id)
}

function roomColumns(sql: Sql | TransactionSql) {
  return sql`
    r.id, r.kind, r.name, r.topic, r.archived_at is not null as archived,
    case when r.kind = 'direct'
      then array(
        select person_id::text from memberships where room_id = r.id order by person_id
      )
      else '{}'
    end as people,
    m.role, r.last_seq as "lastSeq", m.read_seq as "readSeq", r.rev, r.epoch`
}

function toRoom(row: Room): Room {
  const { id, kind, name, topic, archived, people, role, lastSeq, readSeq, rev, epoch } = row
  return { id, kind, name, topic, archived, people, role, lastSeq, readSeq, rev, epoch }
}
