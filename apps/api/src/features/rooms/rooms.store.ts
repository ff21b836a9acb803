import type { Member } from '@conclave/shared/members'
import type { Room, RoomKind, RoomRole, Rooms } from '@conclave/shared/rooms'
import type { RoomSettings } from '@conclave/shared/rooms.settings'
import type { Acting } from '../../actor.ts'
import { isLetIn } from '../../admission.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { cutIdPage, type IdPage } from '../../list-page.ts'
import { problem } from '../../problem.ts'
import { countsOf, reading, type Reading } from './reading.store.ts'

/**
 * A page of the reader's rooms, ordered by id, and the revision of their own stream, from one snapshot. Undefined for a reader
 * without access.
 */
export async function readRooms(
  sql: Sql,
  reader: Acting,
  { after, limit }: IdPage,
): Promise<(Rooms & { next?: string }) | undefined> {
  const rows = await sql<(Notices & (JoinedRow | { id: null }))[]>`
    select
      person.rev as "noticeRev", person.epoch as "noticeEpoch", team.epoch as "teamEpoch",
      team.rev as "teamRev", room.*
    from people person cross join team
    left join lateral (
      select m.joined_at as "joinedAt", ${roomColumns(sql)}
      from (
        select * from memberships where person_id = person.id and room_id > ${after}
        order by room_id limit ${limit + 1}
      ) m
      join rooms r on r.id = m.room_id
    ) room on true
    where person.id = ${reader.personId} and ${isLetIn(sql, reader)}
    order by room.id`
  const [first] = rows
  if (!first) return undefined
  const joined = rows.filter((row) => row.id !== null)
  const { page, ...more } = cutIdPage(joined, limit, ({ id }) => id)
  return {
    rooms: page.toSorted(byJoining).map(toRoom),
    ...more,
    rev: first.noticeRev,
    epoch: first.noticeEpoch,
    teamEpoch: first.teamEpoch,
    teamRev: first.teamRev,
  }
}

interface Notices {
  noticeRev: number
  noticeEpoch: number
  teamEpoch: number
  teamRev: number
}

/** A room by a person's membership; undefined for everybody else. */
export async function readRoom(
  sql: Sql | TransactionSql,
  personId: string,
  roomId: string,
): Promise<Room | undefined> {
  const [room] = await sql<RoomRow[]>`${selectRoom(sql, personId, roomId)}`
  return room && toRoom(room)
}

/** The same for a reader, who has to have access in the same snapshot. */
export async function readRoomFor(
  sql: Sql,
  reader: Acting,
  roomId: string,
): Promise<Room | undefined> {
  const [room] = await sql<RoomRow[]>`
    select * from (${selectRoom(sql, reader.personId, roomId)}) room where ${isLetIn(sql, reader)}`
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
  if (!made) throw new Error('Inserting a room returned no id')
  return made.id
}

/** Of a room that is locked. */
export async function readSettings(sql: TransactionSql, roomId: string): Promise<RoomSettings> {
  const [settings] = await sql<RoomSettings[]>`
    select notify_all as "notifyAll" from rooms where id = ${roomId}`
  if (!settings) throw new Error('The room has vanished within a transaction')
  return settings
}

export async function updateSettings(
  sql: TransactionSql,
  roomId: string,
  { notifyAll }: RoomSettings,
): Promise<void> {
  await sql`update rooms set notify_all = ${notifyAll} where id = ${roomId}`
}

export async function findDirect(
  sql: Sql | TransactionSql,
  key: string,
): Promise<string | undefined> {
  const [room] = await sql<{ id: string }[]>`select id from rooms where direct_key = ${key}`
  return room?.id
}

/** Returns undefined when somebody else has just created it. */
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
 * Only for people with access, and with their row locked, so that a revocation sees all of their rooms. What was said before
 * is not unread. Throws `person-not-found`.
 */
export async function insertMembership(
  sql: TransactionSql,
  { roomId, personId, role }: { roomId: string; personId: string; role: RoomRole },
): Promise<Member> {
  const [member] = await sql<Member[]>`
    with present as (
      select id, rev from people
      where id = ${personId} and blocked_at is null for no key update
    )
    insert into memberships (room_id, person_id, role, read_seq, read_version)
    select ${roomId}, present.id, ${role}, rooms.last_seq, present.rev
    from present join rooms on rooms.id = ${roomId}
    returning person_id as "personId", role, joined_at as "joinedAt"`
  if (!member) throw problem('person-not-found')
  return member
}

/** How many rooms each of these people is in. */
export async function countMemberships(
  sql: TransactionSql,
  personIds: string[],
): Promise<Map<string, number>> {
  const rows = await sql<{ personId: string; count: number }[]>`
    select id as "personId", room_count as count from people
    where id = any (${personIds}::uuid[])`
  return new Map(rows.map(({ personId, count }) => [personId, count]))
}

/** How many rooms a person has created, archived ones included. */
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

/** Locks the rooms everybody is in. */
export async function lockDefaultRooms(sql: TransactionSql): Promise<string[]> {
  const rooms = await sql<{ id: string }[]>`
    select id from rooms where is_default and archived_at is null
    order by id for no key update`
  return rooms.map(({ id }) => id)
}

function selectRoom(sql: Sql | TransactionSql, personId: string, roomId: string) {
  return sql`
    select ${roomColumns(sql)}
    from memberships m join rooms r on r.id = m.room_id
    where m.room_id = ${roomId} and m.person_id = ${personId}`
}

/** A room as one of its members, `m`, has it: the columns of a `RoomRow`. */
export function roomColumns(sql: Sql | TransactionSql) {
  return sql`
    r.id, r.kind, r.name, r.topic, r.archived_at is not null as archived,
    case when r.kind = 'direct'
      then array(
        select person_id::text from memberships where room_id = r.id order by person_id
      )
      else '{}'
    end as people,
    m.role, r.last_seq as "lastSeq", ${reading(sql)} as reading, m.read_version as "readVersion",
    r.rev, r.epoch, r.member_count as "memberCount", r.members_rev as "membersRev",
    r.notify_all as "notifyAll"`
}

/** A room as a query has it. */
export interface RoomRow extends Omit<Required<Room>, 'readSeq' | 'unread' | 'mentions'> {
  reading: Reading
}

/** The room of a row that has more. */
export function toRoom(row: RoomRow): Room {
  const { id, kind, name, topic, archived, people, role, lastSeq, readVersion, rev, epoch } = row
  const { memberCount, membersRev, notifyAll, reading } = row
  const shown = { id, kind, name, topic, archived, people, role, lastSeq, readVersion, rev, epoch }
  return { ...shown, memberCount, membersRev, notifyAll, ...countsOf(reading, lastSeq) }
}

interface JoinedRow extends RoomRow {
  joinedAt: string
}

function byJoining(a: JoinedRow, b: JoinedRow): number {
  if (a.joinedAt !== b.joinedAt) return a.joinedAt < b.joinedAt ? -1 : 1
  return a.id < b.id ? -1 : 1
}
