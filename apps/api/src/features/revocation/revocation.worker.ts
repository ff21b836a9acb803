import type { FastifyBaseLogger } from 'fastify'
import { statusOf } from '../../auth0/management.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { withDeadline } from '../../waiting/deadline.ts'
import { backoffMs } from '../../waiting/backoff.ts'
import { performStep, type Elsewhere } from './perform-step.ts'
import type { RevocationKind } from '@conclave/shared/admin'
import { finishStep, postponeStep, takeStep, type Step } from './steps.store.ts'

/** Each vendor has a worker of its own, so that one that hangs does not keep the other waiting. */
const WORKERS: readonly (readonly RevocationKind[])[] = [
  ['sockets-closed'],
  ['auth0-blocked', 'auth0-unblocked', 'auth0-sessions-ended'],
]
const STEP_TIMEOUT_MS = 8_000
const POLL_MS = 1_000
const BACKOFF = { firstMs: 500, maxMs: 30_000 }
const ALARM_AFTER_SECONDS = 60

export interface Revocation {
  /** Says that steps were queued, after they are committed. */
  wake: () => void
  /** Ends the steps in progress; what is left stays in the table. */
  close: () => Promise<void>
}

/**
 * Does elsewhere what was decided here, for ever until it is done, on whichever instance comes first. Nothing
 * waits for it: who was removed is refused by our own database from the moment of the commit.
 */
export function createRevocation(
  given: Elsewhere & { sql: Sql; log: FastifyBaseLogger },
): Revocation {
  const { sql, log } = given
  const workers = WORKERS.map((kinds) => ({ kinds, again: false, working: idle() }))
  let closed = false
  const timer = setInterval(wake, POLL_MS)

  function wake(): void {
    for (const worker of workers) {
      worker.again = true
      worker.working = worker.working.then(async () => work(worker))
    }
  }

  async function work(worker: (typeof workers)[number]): Promise<void> {
    if (!worker.again) return
    worker.again = false
    try {
      // One after the other: the Management API takes two a second.
      let taken = true
      while (taken) taken = await sql.begin(async (tx) => next(tx, worker.kinds))
    } catch (error) {
      log.warn({ err: error }, 'the steps of a revocation could not be read')
    }
  }

  /** Whether there was a step to take. */
  async function next(tx: TransactionSql, kinds: readonly RevocationKind[]): Promise<boolean> {
    const step = closed ? undefined : await takeStep(tx, kinds)
    if (!step) return false
    if (step.superseded) {
      await finishStep(tx, step.id, 'superseded')
      return true
    }
    try {
      const outcome = await withDeadline(performStep(given, step), STEP_TIMEOUT_MS)
      await finishStep(tx, step.id, outcome === 'done' ? null : 'unavailable')
    } catch (error) {
      await postponeStep(tx, step.id, {
        waitMs: backoffMs(step.attempts + 1, BACKOFF),
        reason: reasonOf(error),
      })
      report(step, reasonOf(error))
    }
    return true
  }

  function report({ kind, personId, attempts, ageSeconds }: Step, reason: string): void {
    const facts = { kind, personId, attempts: attempts + 1, reason }
    if (ageSeconds < ALARM_AFTER_SECONDS) return log.warn(facts, 'a step of a revocation failed')
    const seconds = Math.round(ageSeconds)
    log.error({ ...facts, seconds }, 'access was removed here and still is not elsewhere')
  }

  async function close(): Promise<void> {
    closed = true
    clearInterval(timer)
    await Promise.all(workers.map(async ({ working }) => working))
  }

  return { wake, close }
}

async function idle(): Promise<void> {}

// Only the kind of failure: an answer of Auth0 may hold a profile, Pusher's error a signed address.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const status = 'status' in error && typeof error.status === 'number' ? error.status : undefined
  const answered = statusOf(error) ?? status
  return answered === undefined ? error.name : `${error.name} ${answered}`
}
