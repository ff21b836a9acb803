import type { Sql } from '../database/connection.ts'

/** Whether this round is due; true for one instance only. */
export async function takeRound(sql: Sql, name: string): Promise<boolean> {
  const rows = await sql`
    update rounds set began_at = now()
    where name = ${name} and began_at <= now() - interval '1 minute'
    returning name`
  return rows.length === 1
}
