import type { Sql, TransactionSql } from 'postgres'

/** The connection of a transaction, by which others can be seen to wait for it. */
export async function connectionOf(tx: TransactionSql): Promise<number> {
  const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
  return row?.pid ?? 0
}

/** The connections that wait for a lock of this one; whoever waits in another database waits for something else. */
export async function waitingFor(sql: Sql, holder: number): Promise<number[]> {
  const rows = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where ${holder} = any (pg_blocking_pids(pid))`
  return rows.map(({ pid }) => pid)
}
