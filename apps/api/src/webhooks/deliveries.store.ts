import type { Sql, TransactionSql } from '../database/connection.ts'

/**
 * Whether this is the first time; at the same time only one of several is told so, and the others only once it is
 * committed.
 */
export async function isFirstDelivery(sql: TransactionSql, id: string): Promise<boolean> {
  const rows = await sql`
    insert into deliveries (id) values (${id}) on conflict do nothing returning id`
  return rows.length === 1
}

export async function wasDelivered(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql`select from deliveries where id = ${id}`
  return rows.length === 1
}

/** Pusher repeats for 5 minutes and is believed for 10; Auth0 gives up after seconds. */
export async function forgetOldDeliveries(sql: Sql): Promise<void> {
  await sql`delete from deliveries where received_at < now() - interval '1 day'`
}
