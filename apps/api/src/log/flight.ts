import type { Sql, TransactionSql } from '../database/connection.ts'
import { withDeadline } from '../waiting/deadline.ts'
import { moveCursors, readLog, type LogEvent } from './log.store.ts'
import type { StreamKind } from './streams.ts'

/** What is read, what is done with it, and how much at a time. */
export interface ConsumerSpec {
  /** In `cursors`, in metrics and in the log; never changed, because its cursors go by it. */
  name: string
  reads: readonly StreamKind[]
  /** The most events of one flight. */
  batch: number
  /** The most flights at once in one process; each has a connection of its own. */
  flights: number
  /** How long a flight may take, in milliseconds; at most 10 s, because it holds a transaction open. */
  timeoutMs: number
  /**
   * Does what this consumer is for, and answers how many of the first events are done: one at least, or it throws. It may see
   * an event again, when a process died or it took too long, so doing it twice has to be the same as once; (stream, rev)
   * names an event for ever.
   */
  perform: (events: readonly LogEvent[], flight: Flight) => Promise<number>
}

export interface Flight {
  /** Aborted when the flight is over: from then on another may have the same events. */
  signal: AbortSignal
  /** The transaction that moves the cursor: what is written here happens once, together with it. */
  sql: TransactionSql
}

export interface Flown {
  events: number
  /** Whether more may be waiting. */
  more: boolean
}

/** What a consumer does failed, and not the database. */
export class PerformFailed extends Error {
  override readonly name = 'PerformFailed'
}

/**
 * Gives a consumer the next events of these streams, and moves its cursors.
 *
 * The streams' locks are held from before the events and their epochs are read until the consumer is done. Whoever raises an
 * epoch waits, after the commit, until no flight of the relay holds its stream's lock that held it then: nothing is and
 * nothing will be on its way to the old channel (see realtime/landing.ts).
 */
export async function fly(
  sql: Sql,
  spec: ConsumerSpec,
  streams: readonly string[],
): Promise<Flown> {
  return sql.begin(async (tx) => {
    const events = await readLog(tx, spec.name, streams, spec.batch)
    if (events.length === 0) return { events: 0, more: false }
    const done = await perform(spec, events, tx)
    await moveCursors(tx, spec.name, events.slice(0, done))
    return { events: done, more: events.length === spec.batch || done < events.length }
  })
}

async function perform(
  { perform, timeoutMs }: ConsumerSpec,
  events: readonly LogEvent[],
  sql: TransactionSql,
): Promise<number> {
  const over = new AbortController()
  try {
    const done = await withDeadline(perform(events, { sql, signal: over.signal }), timeoutMs)
    if (done < 1) throw new Error('A consumer did nothing, and did not say why')
    return done
  } catch (cause) {
    throw new PerformFailed('A consumer could not do it', { cause })
  } finally {
    over.abort()
  }
}
