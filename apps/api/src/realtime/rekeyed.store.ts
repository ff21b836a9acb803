import type { Sql, TransactionSql } from '../database/connection.ts'
import { streams } from '../log/streams.ts'

/** The channels to rekey: of these rooms, of a person, of the team. */
export interface Rekey {
  roomIds: readonly string[]
  personId?: string
  team?: boolean
}

/**
 * How many rooms one notice names: with the longest epochs they fit into an event (`ENVELOPE_MAX_BYTES`). One that is too
 * large would travel as its revision, and make each client load its whole list.
 */
const ROOMS_PER_NOTICE = 90

/**
 * Whoever is connected and hears one of these channels: those to whom its new epoch has to be told. Everybody else learns
 * it from the list of rooms when they connect.
 */
export async function findListeners(
  sql: Sql | TransactionSql,
  { roomIds, team }: Rekey,
): Promise<string[]> {
  const inRooms = sql`
    where exists (
      select from memberships m
      where m.person_id = connected.person_id and m.room_id = any (${[...roomIds]}::uuid[])
    )`
  const rows = await sql<{ id: string }[]>`
    select person_id as id from connected ${team ? sql`` : inRooms}`
  return rows.map(({ id }) => id)
}

/** Locks the rows of these people, in the one order. */
export async function lockListeners(
  sql: TransactionSql,
  personIds: readonly string[],
): Promise<void> {
  await sql`
    select from people where id = any (${[...personIds]}::uuid[]) order by id for no key update`
}

/**
 * Writes the present epochs into the streams of these people, whose rows are locked: of the rooms that they are in, and of
 * the team. Returns the streams of those who have anything to hear, and access: who shares a room with the rekey first.
 */
export async function insertRekeyed(
  sql: TransactionSql,
  { roomIds, team = false }: Rekey,
  personIds: readonly string[],
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    with heard as (
      select m.person_id, r.id, r.epoch,
        (row_number() over (partition by m.person_id order by r.id) - 1) / ${ROOMS_PER_NOTICE}::int as nth
      from memberships m join rooms r on r.id = m.room_id
      where m.room_id = any (${[...roomIds]}::uuid[]) and m.person_id = any (${[...personIds]}::uuid[])
    ),
    parts as (
      select person_id, nth,
        json_agg(json_build_object('roomId', id, 'epoch', epoch) order by id) as rooms
      from heard group by person_id, nth
    ),
    told as (
      select given.id, count(parts.nth) as shared, greatest(count(parts.nth), 1) as notices
      from unnest(${[...personIds]}::uuid[]) as given (id)
      left join parts on parts.person_id = given.id
      group by given.id
    ),
    notified as (
      update people set rev = rev + told.notices
      from told
      where people.id = told.id and blocked_at is null and (${team} or told.shared > 0)
      returning people.id, people.rev - told.notices as rev, told.shared, told.notices
    )
    insert into log (stream, rev, kind, type, data)
    select 'person:' || notified.id, notified.rev + 1 + place, 'notice', 'rekeyed', json_build_object(
      'rooms', coalesce(parts.rooms, '[]'),
      'team', case when place = 0 and ${team} then (select epoch from team) end
    )
    from notified
    cross join lateral generate_series(0, notified.notices - 1) as place
    left join parts on parts.person_id = notified.id and parts.nth = place
    order by notified.shared = 0, notified.id, place
    returning substr(stream, 8) as id`
  return [...new Set(rows.map(({ id }) => streams.person(id)))]
}
