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
 * way to the old channel.
 */
export async function fly(sql: Sql, pusher: Pusher, streams: readonly string[]): Promise<Flown> {
  return sql.begin(async (tx) => {
    const rows = await takeOldest(tx, streams)
    if (rows.length === 0) return { events: 0, replaced: undefined, more: false }
    const taken = await publish(pusher, rows)
    await remove(tx, rows.slice(0, taken.events))
    return { ...taken, more: rows.length === BATCH_MAX_EVENTS || taken.events < rows.length }
  })
}

async function takeOldest(tx: TransactionSql, streams: readonly string[]): Promise<OutboxRow[]> {
  return tx<OutboxRow[]>`
    select stream, rev, type, data, at, epoch
    from take_oldest(${[...streams]}::text[], ${BATCH_MAX_EVENTS})`
}

async function remove(tx: TransactionSql, rows: readonly OutboxRow[]): Promise<void> {
  await tx`
    delete from outbox using unnest(
      ${rows.map(({ stream }) => stream)}::text[], ${rows.map(({ rev }) => rev)}::bigint[]
    ) as published (stream, rev)
    where outbox.stream = published.stream and outbox.rev = published.rev`
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
