import type { Sql, TransactionSql } from '../database/connection.ts'
import { withDeadline } from '../waiting/deadline.ts'
import { within } from '../waiting/within.ts'
import { moveCursors, readLast, readLog, type LogEvent } from './log.store.ts'
import type { StreamKind } from './streams.ts'

export const TIMEOUT_MAX_MS = 10_000
/** How long `perform` has to end what it was doing when its time was over. */
export const WIND_UP_MS = 2_500

/** What a consumer reads, what it does with it, and its limits. */
export interface ConsumerSpec {
  /** Used in `cursors`, metrics and logs. Never change it: the cursors are stored under it. */
  name: string
  reads: readonly StreamKind[]
  /** The most events of one flight. */
  batch: number
  /** The most flights at once in one process; each has a connection of its own. */
  flights: number
  /** The least time between the starts of two flights of one process, in milliseconds: what happens meanwhile goes together. */
  everyMs?: number
  /** Only the last event of each stream, without its data: for what asks which streams have moved, and not what happened. */
  lastOnly?: true
  /** Who goes first, the most urgent first; a flight carries streams of one lane. Without them all streams are alike. */
  lanes?: readonly Lane[]
  /** How long `perform` may take, in milliseconds; at most `TIMEOUT_MAX_MS`, because it holds a transaction open. */
  timeoutMs: number
  /**
   * Handles the events and returns how many of the first ones are done: at least one, otherwise it throws. It may get an
   * event again, after a crash or a timeout, so it must be idempotent; (stream, rev) identifies an event permanently.
   */
  perform: (events: readonly LogEvent[], flight: Flight) => Promise<number>
}

/** Streams that never wait behind those of another lane. */
export interface Lane {
  reads: readonly StreamKind[]
  /** So many flights are never taken by others, so that each lane gets on whatever waits in the others. */
  kept: number
}

interface Flight {
  /**
   * Aborted when the time is over, and when `perform` has ended. Nothing may be begun after it: the flight keeps its locks
   * until `perform` has ended, but no longer than `WIND_UP_MS`. Then another flight may get the same events.
   */
  signal: AbortSignal
  /**
   * The transaction that moves the cursor: what is written here is committed with it, exactly once. It takes no more
   * statements once the signal is aborted.
   */
  sql: TransactionSql
}

export interface FlightResult {
  events: number
  /** Whether more may be waiting. */
  more: boolean
}

/** `perform` failed, and not the database. */
export class PerformFailed extends Error {
  override readonly name = 'PerformFailed'
}

/**
 * Gives a consumer the next events of these streams, and moves its cursors.
 *
 * The streams' locks are held from before the events and their epochs are read until the consumer is done. An action that
 * raises an epoch waits, after its commit, until the flights of the relay that held the stream's lock at that moment have
 * ended: then nothing is being published to the old channel, and nothing will be (see realtime/landing.ts).
 */
export async function runFlight(
  sql: Sql,
  spec: ConsumerSpec,
  streams: readonly string[],
): Promise<FlightResult> {
  return sql.begin(async (tx) => {
    const found = await read(tx, spec, streams)
    if (found.length === 0) return { events: 0, more: false }
    const events = found.slice(0, spec.batch)
    const done = await perform(spec, events, tx)
    await moveCursors(tx, spec.name, events.slice(0, done))
    return { events: done, more: done < found.length }
  })
}

async function read(
  tx: TransactionSql,
  { name, batch, lastOnly }: ConsumerSpec,
  streams: readonly string[],
): Promise<LogEvent[]> {
  if (lastOnly) return readLast(tx, name, streams)
  // One more than it carries tells whether it has to come again.
  return readLog(tx, name, streams, batch + 1)
}

async function perform(
  { perform, timeoutMs }: ConsumerSpec,
  events: readonly LogEvent[],
  sql: TransactionSql,
): Promise<number> {
  const over = new AbortController()
  const { signal } = over
  const work = perform(events, { sql: openUntil(signal, sql), signal })
  try {
    const done = await withDeadline(work, timeoutMs)
    if (done < 1) throw new Error('perform must handle at least one event, or throw')
    return done
  } catch (cause) {
    over.abort()
    // While it may still be under way, nobody else may do the same: the locks are kept.
    await within(work, WIND_UP_MS)
    throw new PerformFailed('perform failed', { cause })
  } finally {
    over.abort()
  }
}

/** A late statement would be part of whatever the connection does by then. */
function openUntil(signal: AbortSignal, sql: TransactionSql): TransactionSql {
  return new Proxy(sql, {
    apply(target, self, given) {
      signal.throwIfAborted()
      return Reflect.apply(target, self, given) as unknown
    },
  })
}
