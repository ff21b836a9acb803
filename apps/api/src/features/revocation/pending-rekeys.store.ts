import type { Sql, TransactionSql } from '../../database/connection.ts'
import { streams } from '../../log/streams.ts'

/** Every stream whose channel a person may subscribe to now. */
export async function readStreamsOf(sql: TransactionSql, personId: string): Promise<string[]> {
  const rows = await sql<{ stream: string }[]>`${selectHeard(sql, personId)}`
  return rows.map(({ stream }) => stream)
}

/** Queues a rekey of each of these streams; returns them. */
export async function insertPendingRekeys(
  sql: TransactionSql,
  personId: string,
): Promise<string[]> {
  const rows = await sql<{ stream: string }[]>`
    insert into cuts (person_id, stream)
    select ${personId}, stream from (${selectHeard(sql, personId)}) heard
    returning stream`
  return rows.map(({ stream }) => stream)
}

/**
 * Takes this person's pending rekeys, of up to `most` streams. A stream that several revocations have queued is rekeyed
 * once, because all of them came before. Rows that another transaction has taken are waited for, and taken only if that
 * one rolls back; locking in order prevents deadlocks.
 */
export async function takePendingRekeys(
  sql: TransactionSql,
  personId: string,
  most: number,
): Promise<string[]> {
  const rows = await sql<{ stream: string }[]>`
    with taken as (
      select stream from cuts where person_id = ${personId} order by id limit ${most} for update
    )
    delete from cuts
    where person_id = ${personId} and stream in (select stream from taken) returning stream`
  return [...new Set(rows.map(({ stream }) => stream))]
}

/** People whose pending rekeys are older than it takes to perform them. */
export async function findOverdueRekeys(sql: Sql): Promise<string[]> {
  const rows = await sql<{ personId: string }[]>`
    select distinct person_id as "personId" from cuts
    where created_at < clock_timestamp() - interval '2 seconds'`
  return rows.map(({ personId }) => personId)
}

function selectHeard(sql: TransactionSql, personId: string) {
  return sql`
    select 'room:' || room_id as stream from memberships where person_id = ${personId}
    union all select unnest(${[streams.person(personId), streams.team]}::text[])`
}
