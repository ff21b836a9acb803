import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { WIND_UP_MS } from '../log/flight.ts'
import { HINTING } from './hints.store.ts'
import { PUBLISHERS } from './publishers.ts'
import { FLIGHT_TIMEOUT_MS } from './relay.ts'

/** Longer than a flight can take (see relay.ts): its time, what it has to wind up, and the end of its transaction. */
const LANDING_MAX_MS = FLIGHT_TIMEOUT_MS + WIND_UP_MS + 500
const LOOK_AGAIN_MS = 10

/** A transaction that publishes what is in a stream. */
interface Flying {
  flight: string
  stream: string
}

/**
 * Resolves when no flight that started before now is still in progress on these streams, on any instance. A flight
 * reads the epoch under its stream's lock, so one that starts later reads the new epoch. Flights have a timeout, so
 * this is bounded, even while the broker hangs.
 */
export async function flightsLanded(
  { sql, log }: Pick<Context, 'sql' | 'log'>,
  left: Iterable<string>,
): Promise<void> {
  // A flight of hints is on the channels of many people, whatever its rooms are.
  const streams = [...left, HINTING]
  const before = await flying({ sql }, streams)
  const deadline = Date.now() + LANDING_MAX_MS
  let late = before
  while (late.length > 0 && Date.now() < deadline) {
    await pause(LOOK_AGAIN_MS)
    const now = new Set((await flying({ sql }, streams)).map(({ flight }) => flight))
    late = before.filter(({ flight }) => now.has(flight))
  }
  // An instance hangs, or its connection is half dead. What it was sending may still reach the revoked client.
  if (late.length > 0)
    log.warn(
      { streams: [...new Set(late.map(({ stream }) => stream))] },
      'access was revoked while an earlier flight has not landed',
    )
}

async function flying({ sql }: Pick<Context, 'sql'>, streams: string[]): Promise<Flying[]> {
  return sql<Flying[]>`
    select virtualtransaction as flight, stream
    from pg_locks
    join (
      select stream, cursor_lock(consumer, stream) as key
      from unnest(${streams}::text[]) as given (stream)
      cross join unnest(${[...PUBLISHERS]}::text[]) as publisher (consumer)
    ) lock on (classid::bigint << 32) | objid::bigint = lock.key
    where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())`
}
