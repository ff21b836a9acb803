import type { Member, Members } from '@conclave/shared/members'
import type { RoomKind, RoomRole } from '@conclave/shared/rooms'
import type { Sql, TransactionSql } from '../../database/connection.ts'

/** The members as a member sees them, with the room's revision, from one snapshot. */
export async function readMembers(
  sql: Sql,
  personId: string,
  roomId: string,
): Promise<Members | undefined> {
  const rows = await sql<(Member & { rev: number })[]>`
    select r.rev, m.person_id as "personId", m.role, m.joined_at as "joinedAt"
    from memberships mine
    join rooms r on r.id = mine.room_id
    join memberships m on m.room_id = r.id
    where mine.room_id = ${roomId} and mine.person_id = ${personId}
    order by m.joined_at, m.person_id`
  const [first] = rows
  if (!first) return undefined
  return {
    members: rows.map(({ personId, role, joinedAt }) => ({ personId, role, joinedAt })),
    rev: first.rev,
  }
}

export async function readMember(
  sql: TransactionSql,
  roomId: string,
  personId: string,
): Promise<Member | undefined> {
  const [member] = await sql<Member[]>`
    select person_id as "personId", role, joined_at as "joinedAt"
    from memberships where room_id = ${roomId} and person_id = ${personId}`
  return member
}

export interface JoinableRoom {
  kind: RoomKind
  archived: boolean
  /** The caller's own role, or null when they are not in. */
  role: RoomRole | null
}

/** Locks a room that the person is in, or that is open to everyone. */
export async function lockJoinableRoom(
  sql: TransactionSql,
  personId: string,
  roomId: string,
): Promise<JoinableRoom | undefined> {
  const [room] = await sql<JoinableRoom[]>`
    select r.kind, r.archived_at is not null as archived, mine.role
    from rooms r
    left join memberships mine on mine.room_id = r.id and mine.person_id = ${personId}
    where r.id = ${roomId} and (mine.person_id is not null or r.kind = 'open')
    for no key update of r`
  return room
}
