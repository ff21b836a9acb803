import type postgres from 'postgres'

/** The bench's own queries while it counts. */
const OWN = ['%pg_stat%', '%count(*)::int as waiting%']

/** Switches the counting of statements in Postgres; off when speed is measured, because counting takes time itself. */
export async function countStatements(sql: postgres.Sql, wanted: boolean): Promise<void> {
  if (wanted) await sql`create extension if not exists pg_stat_statements`
  await sql.unsafe(`alter system set pg_stat_statements.track = '${wanted ? 'top' : 'none'}'`)
  await sql`select pg_reload_conf()`
}

export async function forgetStatements(sql: postgres.Sql): Promise<void> {
  await sql`select pg_stat_statements_reset()`
}

/** How many statements there were since then. */
export async function readStatements(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ calls: number }[]>`
    select coalesce(sum(calls), 0)::int as calls from pg_stat_statements
    where not query like any (${OWN}::text[])`
  return row?.calls ?? 0
}
