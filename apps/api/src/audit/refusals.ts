import { setImmediate, setTimeout } from 'node:timers/promises'
import type { AuditAction } from '@conclave/shared/audit'
import type { FastifyBaseLogger } from 'fastify'
import type { Sql } from '../database/connection.ts'
import { insertEntries, logEntries, type EntryDraft } from './audit.store.ts'

/** How many refusals wait while the database is unreachable. */
const WAITING_MAX = 10_000
const BATCH_MAX = 100
const RETRY_MS = 1_000

/** Writes refused requests to the audit log. */
export interface Refusals {
  /** Does not delay the request: the entry is written after the response. */
  note: (refusal: EntryDraft) => void
  /** Writes what is still waiting; call it after the last request. */
  close: () => Promise<void>
}

/**
 * Writes one batch at a time, so that a flood of refusals takes one connection. While the database is unreachable they
 * wait; those beyond the maximum are counted, and the count becomes an entry.
 */
export function createRefusals(
  { sql, log }: { sql: Sql; log: FastifyBaseLogger },
  waitingMax = WAITING_MAX,
): Refusals {
  const waiting: EntryDraft[] = []
  const closing = new AbortController()
  let lost = 0
  let writing: Promise<void> | undefined

  function note(refusal: EntryDraft): void {
    if (waiting.length < waitingMax) waiting.push(refusal)
    else lost += 1
    writing ??= writeAll()
  }

  async function writeAll(): Promise<void> {
    await setImmediate()
    while (waiting.length + lost > 0) {
      const failure = await writeBatch().catch((error: unknown) => ({ error }))
      if (!failure) continue
      log.warn({ err: failure.error, waiting: waiting.length }, 'refusals could not be written')
      if (closing.signal.aborted) break
      await setTimeout(RETRY_MS, undefined, { signal: closing.signal }).catch(() => undefined)
    }
    writing = undefined
  }

  async function writeBatch(): Promise<void> {
    const batch = waiting.slice(0, BATCH_MAX)
    const missing = lost
    const entries = await insertEntries(sql, missing > 0 ? [...batch, lostEntry(missing)] : batch)
    waiting.splice(0, batch.length)
    lost -= missing
    logEntries(log, entries)
  }

  async function close(): Promise<void> {
    closing.abort()
    await writing
    const left = waiting.length + lost
    if (left > 0) log.error({ left }, 'refusals were lost at shutdown')
  }

  return { note, close }
}

function lostEntry(count: number): EntryDraft {
  return {
    actorId: null,
    action: 'refusals.lost' satisfies AuditAction,
    target: {},
    after: { count },
    requestId: null,
  }
}
