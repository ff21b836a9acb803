import type { Sql, TransactionSql } from '../../database/connection.ts'
import { streams } from '../../log/streams.ts'

/** Every stream that somebody may hear, as of this moment. */
export async function readHeard(sql: TransactionSql, personId: string): Promise<string[]> {
  const rows = await sql<{ stream: string }[]>`${selectHeard(sql, personId)}`
  return rows.map(({ stream }) => stream)
}

/** Notes that all of these have to be cut; answers which they are. */
export async function insertCuts(sql: TransactionSql, personId: string): Promise<string[]> {
  const rows = await sql<{ stream: string }[]>`
    insert into cuts (person_id, stream)
    select ${personId}, stream from (${selectHeard(sql, personId)}) heard
    returning stream`
  return rows.map(({ stream }) => stream)
}

/**
 * Takes cuts of this person's that are left to do, of up to so many streams. What several refusals left to do of one
 * stream is done once, because all of them came before. Those that somebody else has taken are waited for, and taken
 * only if that came to nothing; whoever has the first of them waits for nobody.
 */
export async function takeCuts(
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

/** Whose cuts have been left for longer than it takes to do them. */
export async function findLeft(sql: Sql): Promise<string[]> {
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
