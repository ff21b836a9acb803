import type { Sql, TransactionSql } from '../database/connection.ts'

/** Whether this delivery is new. Of concurrent repeats only one gets true; the others wait for its commit. */
export async function isFirstDelivery(sql: TransactionSql, id: string): Promise<boolean> {
  const rows = await sql`
    insert into deliveries (id) values (${id}) on conflict do nothing returning id`
  return rows.length === 1
}

export async function wasDelivered(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql`select from deliveries where id = ${id}`
  return rows.length === 1
}

/** Pusher retries for 5 minutes and its signatures are accepted for 10; Auth0 gives up after seconds. */
export async function forgetOldDeliveries(sql: Sql): Promise<void> {
  await sql`delete from deliveries where received_at < now() - interval '1 day'`
}
