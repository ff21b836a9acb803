import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { RELAY } from './relay.ts'

/** Longer than a flight can take (see relay.ts). */
const LANDING_MAX_MS = 3_000
const LOOK_AGAIN_MS = 10

/** A transaction that holds the lock of a stream. */
interface Flying {
  flight: string
  stream: string
}

/**
 * Settles when no flight that began before now is still on its way on these streams, on any instance.
 * A flight reads the epoch under its stream's lock: one that begins later reads the new one. Flights are bounded, so
 * this is too, also while the vendor hangs.
 */
export async function flightsLanded(
  { sql, log }: Pick<Context, 'sql' | 'log'>,
  left: Iterable<string>,
): Promise<void> {
  const streams = [...left]
  const before = await flying({ sql }, streams)
  const deadline = Date.now() + LANDING_MAX_MS
  let late = before
  while (late.length > 0 && Date.now() < deadline) {
    await pause(LOOK_AGAIN_MS)
    const now = new Set((await flying({ sql }, streams)).map(({ flight }) => flight))
    late = before.filter(({ flight }) => now.has(flight))
  }
  // An instance stands still, or its connection is half dead. What it was about to send may still reach who was cut off.
  if (late.length > 0)
    log.warn(
      { streams: late.map(({ stream }) => stream) },
      'somebody was cut off while a flight from before has not landed',
    )
}

async function flying({ sql }: Pick<Context, 'sql'>, streams: string[]): Promise<Flying[]> {
  return sql<Flying[]>`
    select virtualtransaction as flight, stream
    from pg_locks
    join unnest(${streams}::text[]) as given (stream)
      on (classid::bigint << 32) | objid::bigint = cursor_lock(${RELAY}, stream)
    where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database())`
}
