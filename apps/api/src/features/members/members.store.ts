import type { Member } from '@conclave/shared/members'
import type { RoomKind, RoomRole } from '@conclave/shared/rooms'
import type { TransactionSql } from '../../database/connection.ts'

interface OfRoom {
  roomId: string
  personId: string
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

/** The same, locked until the transaction ends: neither the role nor the read position can change. */
export async function lockMember(
  sql: TransactionSql,
  { roomId, personId }: OfRoom,
): Promise<Member | undefined> {
  const [member] = await sql<Member[]>`
    select person_id as "personId", role, joined_at as "joinedAt"
    from memberships where room_id = ${roomId} and person_id = ${personId}
    for update`
  return member
}

export interface JoinableRoom {
  kind: RoomKind
  archived: boolean
  /** The caller's own role, or null when they are not a member. */
  role: RoomRole | null
  /** Whether the caller was removed, and cannot rejoin. */
  keptOut: boolean
}

/** A room that the person is in, or an open one. */
export async function readRoomForJoining(
  sql: TransactionSql,
  personId: string,
  roomId: string,
): Promise<JoinableRoom | undefined> {
  const [room] = await sql<JoinableRoom[]>`
    select r.kind, r.archived_at is not null as archived, mine.role,
      exists (
        select from kept_out k where k.room_id = r.id and k.person_id = me.id
      ) as "keptOut"
    from rooms r
    join people me on me.id = ${personId} and me.blocked_at is null
    left join memberships mine on mine.room_id = r.id and mine.person_id = me.id
    where r.id = ${roomId} and (mine.person_id is not null or r.kind = 'open')`
  return room
}

/** Locks a room that the person is in, or an open one; returns whether it exists. */
export async function lockKnownRoom(
  sql: TransactionSql,
  personId: string,
  roomId: string,
): Promise<boolean> {
  const rows = await sql`
    select from rooms r
    where r.id = ${roomId} and (
      r.kind = 'open'
      or exists (select from memberships where room_id = r.id and person_id = ${personId})
    )
    for no key update`
  return rows.length === 1
}

export async function updateRole(
  sql: TransactionSql,
  { roomId, personId }: OfRoom,
  role: RoomRole,
): Promise<Member> {
  const [member] = await sql<Member[]>`
    update memberships set role = ${role} where room_id = ${roomId} and person_id = ${personId}
    returning person_id as "personId", role, joined_at as "joinedAt"`
  if (!member) throw new Error('The member has vanished within a transaction')
  return member
}

export async function deleteMembership(
  sql: TransactionSql,
  { roomId, personId }: OfRoom,
): Promise<void> {
  await sql`delete from memberships where room_id = ${roomId} and person_id = ${personId}`
}

export async function markKeptOut(
  sql: TransactionSql,
  { roomId, personId }: OfRoom,
): Promise<void> {
  await sql`
    insert into kept_out (room_id, person_id) values (${roomId}, ${personId})
    on conflict do nothing`
}

/** Returns whether they had been kept out. */
export async function letIn(sql: TransactionSql, { roomId, personId }: OfRoom): Promise<boolean> {
  const { count } = await sql`
    delete from kept_out where room_id = ${roomId} and person_id = ${personId}`
  return count > 0
}

/** Whether the room has other members, and none of them owns it. */
export async function leavesNoOwner(
  sql: TransactionSql,
  { roomId, personId }: OfRoom,
): Promise<boolean> {
  const [row] = await sql<{ ownerless: boolean }[]>`
    select
      exists (
        select from memberships where room_id = ${roomId} and person_id <> ${personId}
      )
      and not exists (
        select from memberships
        where room_id = ${roomId} and person_id <> ${personId} and role = 'owner'
      ) as ownerless`
  return row?.ownerless ?? false
}
