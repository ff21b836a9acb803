import type { Clock } from '../clock-skew.ts'
import type { Sql } from './connection.ts'

/** Whether this connection's server accepts writes; also compares its clock with ours. */
export async function isWritable(sql: Sql, clock: Clock): Promise<boolean> {
  const askedAtMs = performance.now()
  const [state] = await sql<{ readOnly: boolean; nowMs: number }[]>`
    select
      current_setting('transaction_read_only')::boolean as "readOnly",
      extract(epoch from clock_timestamp())::float8 * 1000 as "nowMs"`
  if (!state) return false
  clock.compare('database', state.nowMs, askedAtMs)
  return !state.readOnly
}
