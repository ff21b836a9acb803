import type { Sql, TransactionSql } from '../../database/connection.ts'

/** Somebody of whom the team is being told. */
export interface Announced {
  personId: string
  online: boolean
}

/** A person with a flaky connection must not come and go on everybody's screen: who is back by then was never away. */
const LASTS_SECONDS = 1

/** No turn is further ahead, nor any change: such a time is from before the database's clock was put back. */
const AHEAD_MAX_SECONDS = 2

/** Whether the team has to be told of anybody. */
export async function isAnybodyNew(sql: Sql): Promise<boolean> {
  const rows = await sql`select ${selectNew(sql)} limit 1`
  return rows.length > 0
}

/** Whether the team may be told now; until the end of the transaction no other instance does. */
export async function takeTurn(sql: TransactionSql): Promise<boolean> {
  const rows = await sql`
    select from presence_turn
    where next_at <= clock_timestamp() or ${isTooFarAhead(sql, sql`next_at`)}
    for no key update`
  return rows.length > 0
}

/** Nobody tells the team before these milliseconds have passed. */
export async function endTurn(sql: TransactionSql, waitMs: number): Promise<void> {
  await sql`
    update presence_turn set next_at = clock_timestamp() + ${waitMs}::float8 * interval '1 millisecond'`
}

/** Up to `most` people of whom the team has not been told, who waited longest; from the commit on they are shown so. */
export async function showSome(sql: TransactionSql, most: number): Promise<Announced[]> {
  return sql<Announced[]>`
    with new as (
      -- Who is just being changed waits for the next turn.
      select person_id ${selectNew(sql)} order by changed_at limit ${most} for no key update skip locked
    )
    update presence set shown_online = presence.online
    from new where presence.person_id = new.person_id
    returning presence.person_id as "personId", presence.online`
}

function selectNew(sql: Sql | TransactionSql) {
  return sql`
    from presence
    where online <> shown_online
      and (
        changed_at <= clock_timestamp() - ${LASTS_SECONDS}::float8 * interval '1 second'
        or ${isTooFarAhead(sql, sql`changed_at`)}
      )`
}

function isTooFarAhead(sql: Sql | TransactionSql, time: ReturnType<Sql>) {
  return sql`${time} > clock_timestamp() + ${AHEAD_MAX_SECONDS}::float8 * interval '1 second'`
}
