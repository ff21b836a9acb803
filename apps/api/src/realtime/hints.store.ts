import { ROOM_CHANNELS_MAX } from '@conclave/shared/channels'
import type { Room } from '@conclave/shared/rooms'
import type { Sql, TransactionSql } from '../database/connection.ts'
import { roomColumns, toRoom, type RoomRow } from '../features/rooms/rooms.store.ts'

/** The lock that each flight of hints shares from before it reads whom to tell (see landing.ts). */
export const HINTING = 'hinting'

/** What one person is told of. */
export interface Hinted {
  personId: string
  /** Of the person's own channel. */
  epoch: number
  /** Of the person's own stream. */
  rev: number
  rooms: Room[]
}

/** Rooms of all people together in one flight; beyond, some people are not told and find out with their next look. */
const HINTED_ROOMS_MAX = 20_000

/** From here to the end of the transaction, whoever revokes access waits for it. */
export async function lockHinting(sql: TransactionSql, consumer: string): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(cursor_lock(${consumer}, ${HINTING}))`
}

/** Whether anybody needs hints: it costs next to nothing in a team in which nobody does. */
export async function isAnybodyHinted(sql: TransactionSql): Promise<boolean> {
  const rows = await sql`select from (${selectHinted(sql)} limit 1) hinted`
  return rows.length > 0
}

/**
 * Which of these rooms each person is told of who is connected and in more rooms than they subscribe to; in their current
 * state, with the epoch of the person's channel, from one snapshot. In random order, so that it is not always the same
 * people who are left out.
 */
export async function readHinted(
  sql: TransactionSql,
  roomIds: readonly string[],
): Promise<Hinted[]> {
  const rows = await sql<
    (RoomRow & Omit<Hinted, 'rooms'> & { personRev: number; personEpoch: number })[]
  >`
    with hinted as materialized (${selectHinted(sql)})
    select
      hinted.id as "personId", hinted.rev as "personRev", hinted.epoch as "personEpoch",
      ${roomColumns(sql)}
    from hinted
    join memberships m on m.person_id = hinted.id and m.room_id = any (${[...roomIds]}::uuid[])
    join rooms r on r.id = m.room_id
    order by hinted.nth, hinted.id
    limit ${HINTED_ROOMS_MAX}`
  const people = new Map<string, Hinted>()
  for (const row of rows) {
    const { personId, personEpoch: epoch, personRev: rev } = row
    const person = people.get(personId) ?? { personId, epoch, rev, rooms: [] }
    person.rooms.push(toRoom(row))
    people.set(personId, person)
  }
  return [...people.values()]
}

function selectHinted(sql: Sql | TransactionSql) {
  return sql`
    select people.id, people.rev, people.epoch, random() as nth
    from people
    -- Planned by itself, and so by its keys, for few people.
    cross join lateral (
      select from connected where connected.person_id = people.id limit 1
    ) connection
    -- Written as a number, so that the index of just these people is used.
    where room_count > ${sql.unsafe(String(ROOM_CHANNELS_MAX))}
      and blocked_at is null`
}
