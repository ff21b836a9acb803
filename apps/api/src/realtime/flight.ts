import type Pusher from 'pusher'
import type { Sql, TransactionSql } from '../database/connection.ts'
import { toBatchEvent, type OutboxRow } from './envelopes.ts'
import { parseStream } from './streams.ts'

/** What the vendor takes in one batch. */
export const FLIGHT_MAX_EVENTS = 10
// The SDK's own timeout ends at the answer's head; this one covers the whole answer.
const FLIGHT_TIMEOUT_MS = 4_000

/**
 * Publishes a stream's oldest events and deletes them; answers how many there were.
 *
 * The stream's lock is held from before the epoch is read until the vendor has answered. Whoever raises
 * an epoch takes the same lock first, and so knows at commit that nothing is or will be on its way
 * to the old channel.
 */
export async function fly(sql: Sql, pusher: Pusher, stream: string): Promise<number> {
  return sql.begin(async (tx) => {
    // Losing the deletion in a crash only repeats the events, which readers drop by their rev.
    await tx`set local synchronous_commit = off`
    await tx`select pg_advisory_xact_lock(hashtextextended(${stream}, 0))`
    const rows = await readOldest(tx, stream)
    if (rows.length === 0) return 0
    await publish(pusher, stream, rows)
    await tx`delete from outbox where id = any (${rows.map(({ id }) => id)}::bigint[])`
    return rows.length
  })
}

// A statement of its own, so that its snapshot is taken after the lock.
async function readOldest(tx: TransactionSql, name: string): Promise<OutboxRow[]> {
  const stream = parseStream(name)
  const epoch =
    stream.kind === 'room'
      ? tx`(select epoch from rooms where id = ${stream.id})`
      : tx`(select epoch from team)`
  return tx<OutboxRow[]>`
    select id, rev, type, data, at, ${epoch} as epoch
    from outbox where stream = ${name} order by rev limit ${FLIGHT_MAX_EVENTS}`
}

async function publish(pusher: Pusher, name: string, rows: OutboxRow[]): Promise<void> {
  const stream = parseStream(name)
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new Error('The realtime vendor did not answer')),
    FLIGHT_TIMEOUT_MS,
  )
  try {
    await Promise.race([send(pusher, stream, rows), late])
  } finally {
    clearTimeout(timer)
  }
}

async function send(
  pusher: Pusher,
  stream: ReturnType<typeof parseStream>,
  rows: OutboxRow[],
): Promise<void> {
  const answer = await pusher.triggerBatch(rows.map((row) => toBatchEvent(stream, row)))
  // A body left unread would keep the connection from being used again.
  await answer.text()
}
