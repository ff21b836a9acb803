import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from '../database/connection.ts'

/** Longer than a flight can take (see flight.ts). */
const LANDING_MAX_MS = 3_000
const LOOK_AGAIN_MS = 10

/**
 * Settles when no flight that began before now is still on its way on these streams, on any instance.
 * A flight reads the epoch under its stream's lock: one that begins later reads the new one. Flights are bounded, so
 * this is too, also while the vendor hangs.
 */
export async function flightsLanded(sql: Sql, left: Iterable<string>): Promise<void> {
  const names = [...left]
  const before = await flying(sql, names)
  const deadline = Date.now() + LANDING_MAX_MS
  let late = before
  while (late.length > 0 && Date.now() < deadline) {
    await pause(LOOK_AGAIN_MS)
    const now = new Set(await flying(sql, names))
    late = before.filter((flight) => now.has(flight))
  }
}

/** The transactions that hold the lock of one of these streams. */
async function flying(sql: Sql, names: string[]): Promise<string[]> {
  const rows = await sql<{ flight: string }[]>`
    select virtualtransaction as flight from pg_locks
    where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())
      and (classid::bigint << 32) | objid::bigint in (
        select hashtextextended(name, 0) from unnest(${names}::text[]) as given (name)
      )`
  return rows.map(({ flight }) => flight)
}
