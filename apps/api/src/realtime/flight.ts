import type Pusher from 'pusher'
import type { Sql, TransactionSql } from '../database/connection.ts'
import { BATCH_MAX_EVENTS, publishBatch, type Taken } from './batch.ts'
import type { OutboxRow } from './envelopes.ts'
import { parseStream, type Stream } from './streams.ts'

// The SDK's own timeout ends at the answer's head; this one covers the whole answer. Whoever cuts somebody off
// waits for flights in progress (epochs.ts), so it is also how long that may take while the vendor hangs.
const FLIGHT_TIMEOUT_MS = 2_000

export interface Flown extends Taken {
  /** Whether more may be waiting. */
  more: boolean
}

/**
 * Publishes a stream's oldest events and deletes them.
 *
 * The stream's lock is held from before the epoch is read until the vendor has answered. Whoever raises an epoch
 * waits, after the commit, until nobody holds this lock who held it then: nothing is and nothing will be on its way to
 * the old channel. Events and epoch are read in one statement, so an event never meets an epoch older than itself.
 */
export async function fly(sql: Sql, pusher: Pusher, stream: string): Promise<Flown> {
  return sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${stream}, 0))`
    const rows = await readOldest(tx, stream)
    if (rows.length === 0) return { events: 0, replaced: 0, more: false }
    const taken = await publish(pusher, stream, rows)
    const done = rows.slice(0, taken.events).map(({ id }) => id)
    await tx`delete from outbox where id = any (${done}::bigint[])`
    return { ...taken, more: rows.length === BATCH_MAX_EVENTS || taken.events < rows.length }
  })
}

// A statement of its own, so that its snapshot is taken after the lock.
async function readOldest(tx: TransactionSql, name: string): Promise<OutboxRow[]> {
  const epoch = epochOf(tx, parseStream(name))
  return tx<OutboxRow[]>`
    select id, rev, type, data, at, ${epoch} as epoch
    from outbox where stream = ${name} order by rev limit ${BATCH_MAX_EVENTS}`
}

function epochOf(tx: TransactionSql, stream: Stream) {
  switch (stream.kind) {
    case 'room':
      return tx`(select epoch from rooms where id = ${stream.id})`
    case 'person':
      return tx`(select epoch from people where id = ${stream.id})`
    case 'team':
      return tx`(select epoch from team)`
  }
}

async function publish(pusher: Pusher, name: string, rows: OutboxRow[]): Promise<Taken> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const over = new AbortController()
  const timer = setTimeout(() => {
    over.abort()
    reject(new Error('The realtime vendor did not answer'))
  }, FLIGHT_TIMEOUT_MS)
  try {
    const landing = publishBatch({ pusher, signal: over.signal }, parseStream(name), rows)
    return await Promise.race([landing, late])
  } finally {
    clearTimeout(timer)
  }
}
