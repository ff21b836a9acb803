import type { Member } from '@conclave/shared/members'
import type { Room, RoomKind, RoomRole, Rooms } from '@conclave/shared/rooms'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { cutIdPage, type IdPage } from '../../list-page.ts'
import { problem } from '../../problem.ts'

/** Of what I have said myself without reading on, so much is looked through to see whether it is all mine. */
const OWN_RUN_MAX = 1_000

/** A page of my rooms, those I joined first at its beginning, and the revision of my notices, from one snapshot. */
export async function readRooms(
  sql: Sql,
  personId: string,
  { after, limit }: IdPage,
): Promise<Rooms & { next?: string }> {
  const rows = await sql<(Notices & (JoinedRoom | { id: null }))[]>`
    select
      person.rev as "noticeRev", person.epoch as "noticeEpoch", team.epoch as "teamEpoch", room.*
    from people person cross join team
    left join lateral (
      select m.joined_at as "joinedAt", ${roomColumns(sql)}
      from (
        select * from memberships where person_id = person.id and room_id > ${after}
        order by room_id limit ${limit + 1}
      ) m
      join rooms r on r.id = m.room_id
    ) room on true
    where person.id = ${personId}
    order by room.id`
  const joined = rows.filter((row) => row.id !== null)
  const { page, ...more } = cutIdPage(joined, limit, ({ id }) => id)
  return {
    rooms: page.toSorted(byJoining).map(toRoom),
    ...more,
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
  room: { kind: RoomKind; name: string; topic: string; createdBy: string },
): Promise<string> {
  const { kind, name, topic, createdBy } = room
  const [made] = await sql<{ id: string }[]>`
    insert into rooms (kind, name, topic, created_by)
    values (${kind}, ${name}, ${topic}, ${createdBy}) returning id`
  if (!made) throw new Error('A new room has no id')
  return made.id
}

export async function findDirect(
  sql: Sql | TransactionSql,
  key: string,
): Promise<string | undefined> {
  const [room] = await sql<{ id: string }[]>`select id from rooms where direct_key = ${key}`
  return room?.id
}

/** Answers undefined when somebody else has just made it. */
export async function insertDirect(
  sql: TransactionSql,
  { key, createdBy }: { key: string; createdBy: string },
): Promise<string | undefined> {
  const [room] = await sql<{ id: string }[]>`
    insert into rooms (kind, name, direct_key, created_by)
    values ('direct', '', ${key}, ${createdBy})
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

/** How many rooms these people are in; whoever is in none is not among them. */
export async function countMemberships(
  sql: TransactionSql,
  personIds: string[],
): Promise<Map<string, number>> {
  const rows = await sql<{ personId: string; count: number }[]>`
    select person_id as "personId", count(*) as count from memberships
    where person_id = any (${personIds}::uuid[]) group by person_id`
  return new Map(rows.map(({ personId, count }) => [personId, count]))
}

/** How many rooms somebody has made, whatever became of them. */
export async function countRoomsMade(
  sql: TransactionSql,
  personId: string,
  kind: 'direct' | 'other',
): Promise<number> {
  const [made] = await sql<{ count: number }[]>`
    select count(*) as count from rooms
    where created_by = ${personId} and (kind = 'direct') = ${kind === 'direct'}`
  return made?.count ?? 0
}

/** Answers the new position, or undefined when it did not move. */
export async function advanceRead(
  sql: TransactionSql,
  { roomId, personId, seq }: { roomId: string; personId: string; seq: number },
): Promise<number | undefined> {
  const [moved] = await sql<{ readSeq: number }[]>`
    update memberships m set read_seq = ${readThrough(sql, sql`least(${seq}::bigint, r.last_seq)`)}
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
    m.role, r.last_seq as "lastSeq", ${readThrough(sql, sql`m.read_seq`)} as "readSeq", r.rev, r.epoch`
}

/**
 * Where somebody stands who has read up to here: what they have said themselves right after it, on whatever device, they
 * have read too. Found when it is read, so that saying something costs nothing more; `foldRoom` comes to the same.
 */
function readThrough(sql: Sql | TransactionSql, seq: ReturnType<Sql>) {
  return sql`coalesce(
    (
      select said.seq - 1
      from (
        select seq, author_id from messages
        where room_id = r.id and seq > ${seq} order by seq limit ${OWN_RUN_MAX}
      ) said
      where said.author_id <> m.person_id order by said.seq limit 1
    ),
    least(r.last_seq, ${seq} + ${OWN_RUN_MAX})
  )`
}

interface JoinedRoom extends Room {
  joinedAt: string
}

function byJoining(a: JoinedRoom, b: JoinedRoom): number {
  if (a.joinedAt !== b.joinedAt) return a.joinedAt < b.joinedAt ? -1 : 1
  return a.id < b.id ? -1 : 1
}

function toRoom(row: Room): Room {
  const { id, kind, name, topic, archived, people, role, lastSeq, readSeq, rev, epoch } = row
  return { id, kind, name, topic, archived, people, role, lastSeq, readSeq, rev, epoch }
}
