import type { FastifyBaseLogger } from 'fastify'
import { statusOf } from '../../auth0/management.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { withDeadline } from '../../waiting/deadline.ts'
import { backoffMs } from '../../waiting/backoff.ts'
import { performStep, type Vendors } from './perform-step.ts'
import type { RevocationKind } from '@conclave/shared/admin'
import { finishStep, postponeStep, takeStep, type Step } from './steps.store.ts'

/** One worker per vendor, so that a vendor that hangs does not delay the other. */
const WORKERS: readonly (readonly RevocationKind[])[] = [
  ['sockets-closed'],
  ['auth0-blocked', 'auth0-unblocked', 'auth0-sessions-ended'],
]
const STEP_TIMEOUT_MS = 8_000
const POLL_MS = 1_000
const BACKOFF = { firstMs: 500, maxMs: 30_000 }
const ALARM_AFTER_SECONDS = 60

export interface Revocation {
  /** Call after a commit that has queued steps. */
  wake: () => void
  /** Waits for the steps in progress; the others stay in the table. */
  close: () => Promise<void>
}

/**
 * Retries each vendor step until it succeeds, on any instance. Requests do not wait for it: the api refuses a blocked
 * person from the commit on.
 */
export function createRevocation(
  given: Vendors & { sql: Sql; log: FastifyBaseLogger },
): Revocation {
  const { sql, log } = given
  const workers = WORKERS.map((kinds) => ({ kinds, again: false, working: idle() }))
  let closed = false
  const timer = setInterval(wake, POLL_MS)

  function wake(): void {
    for (const worker of workers) {
      worker.again = true
      worker.working = worker.working.then(async () => performDue(worker))
    }
  }

  async function performDue(worker: (typeof workers)[number]): Promise<void> {
    if (!worker.again) return
    worker.again = false
    try {
      // One after the other: the Management API allows two requests a second.
      let taken = true
      while (taken) taken = await sql.begin(async (tx) => performNext(tx, worker.kinds))
    } catch (error) {
      log.warn({ err: error }, 'reading revocation steps failed')
    }
  }

  /** Returns whether there was a step to take. */
  async function performNext(
    tx: TransactionSql,
    kinds: readonly RevocationKind[],
  ): Promise<boolean> {
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
      logFailure(step, reasonOf(error))
    }
    return true
  }

  function logFailure({ kind, personId, attempts, ageSeconds }: Step, reason: string): void {
    const facts = { kind, personId, attempts: attempts + 1, reason }
    if (ageSeconds < ALARM_AFTER_SECONDS)
      return log.warn(facts, 'a revocation step failed, it will be retried')
    const seconds = Math.round(ageSeconds)
    log.error({ ...facts, seconds }, 'access was revoked here, but not yet at the vendor')
  }

  async function close(): Promise<void> {
    closed = true
    clearInterval(timer)
    await Promise.all(workers.map(async ({ working }) => working))
  }

  return { wake, close }
}

async function idle(): Promise<void> {}

// Only the kind of failure: a response of Auth0 may contain a profile, Pusher's error a signed URL.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const status = 'status' in error && typeof error.status === 'number' ? error.status : undefined
  const answered = statusOf(error) ?? status
  return answered === undefined ? error.name : `${error.name} ${answered}`
}
