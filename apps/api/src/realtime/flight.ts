import type Pusher from 'pusher'
import type { Sql, TransactionSql } from '../database/connection.ts'
import { BATCH_MAX_EVENTS, publishBatch, type Taken } from './batch.ts'
import type { OutboxRow } from './envelopes.ts'

// The SDK's own timeout ends at the answer's head; this one covers the whole answer. Whoever cuts somebody off
// waits for flights in progress (epochs.ts), so it is also how long that may take while the vendor hangs.
const FLIGHT_TIMEOUT_MS = 2_000

export interface Flown extends Taken {
  /** Whether more may be waiting. */
  more: boolean
}

/**
 * Publishes the oldest events of these streams in one batch, and deletes them.
 *
 * The streams' locks are held from before their epochs are read until the vendor has answered. Whoever raises an epoch
 * waits, after the commit, until nobody holds its stream's lock who held it then: nothing is and nothing will be on its
 * way to the old channel. Events and epochs are read in one statement, so an event never meets an epoch older than
 * itself.
 */
export async function fly(sql: Sql, pusher: Pusher, streams: readonly string[]): Promise<Flown> {
  return sql.begin(async (tx) => {
    await lock(tx, streams)
    const rows = await readOldest(tx, streams)
    if (rows.length === 0) return { events: 0, replaced: undefined, more: false }
    const taken = await publish(pusher, rows)
    const done = rows.slice(0, taken.events).map(({ id }) => id)
    await tx`delete from outbox where id = any (${done}::bigint[])`
    return { ...taken, more: rows.length === BATCH_MAX_EVENTS || taken.events < rows.length }
  })
}

/** In one order on all instances, so that two flights never wait for each other. */
async function lock(tx: TransactionSql, streams: readonly string[]): Promise<void> {
  await tx`
    with keys as materialized (
      select distinct hashtextextended(name, 0) as key
      from unnest(${[...streams]}::text[]) as given (name)
      order by key
    )
    select pg_advisory_xact_lock(key) from keys`
}

/**
 * A statement of its own, so that its snapshot is taken after the locks. What is taken of a stream are its oldest,
 * and no stream waits until another has said everything.
 */
async function readOldest(tx: TransactionSql, streams: readonly string[]): Promise<OutboxRow[]> {
  return tx<OutboxRow[]>`
    select oldest.id, stream, rev, type, data, at, case split_part(stream, ':', 1)
      when 'room' then (select epoch from rooms where rooms.id = split_part(stream, ':', 2)::uuid)
      when 'person' then (select epoch from people where people.id = split_part(stream, ':', 2)::uuid)
      else (select epoch from team)
    end as epoch
    from unnest(${[...streams]}::text[]) as given (name)
    cross join lateral (
      select *, row_number() over (order by rev) as nth
      from outbox where stream = name order by rev limit ${BATCH_MAX_EVENTS}
    ) oldest
    order by nth, stream
    limit ${BATCH_MAX_EVENTS}`
}

async function publish(pusher: Pusher, rows: OutboxRow[]): Promise<Taken> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const over = new AbortController()
  const timer = setTimeout(() => {
    over.abort()
    reject(new Error('The realtime vendor did not answer'))
  }, FLIGHT_TIMEOUT_MS)
  try {
    const landing = publishBatch({ pusher, signal: over.signal }, rows)
    return await Promise.race([landing, late])
  } finally {
    clearTimeout(timer)
  }
}
