import type { Acting } from './actor.ts'
import { admit, closeGates } from './admission.ts'
import { insertEntries, logEntries, type EntryDraft } from './audit/audit.store.ts'
import type { Context } from './context.ts'
import type { TransactionSql } from './database/connection.ts'
import { isConflict } from './database/write-errors.ts'
import { ProblemThrown } from './problem.ts'
import { flightsLanded } from './realtime/landing.ts'

const ATTEMPTS = 4

/** A write in progress: its SQL, the streams it has emitted to, and those whose old channel it leaves behind. */
export interface Transaction {
  readonly sql: TransactionSql
  readonly emittedTo: Set<string>
  readonly leftBehind: Set<string>
  /** What the audit log will say of it. */
  readonly acts: EntryDraft[]
  /** People for whom it has queued steps of a revocation. */
  readonly revoking: Set<string>
  /** People from whom it takes access; it holds their rows. */
  readonly refused: Set<string>
}

type Work<Result> = (tx: Transaction) => Promise<Result>

/**
 * Runs a write in one transaction and, once it is committed, wakes who carries out what it emitted and queued. When the write has
 * raised epochs, it settles only after the last publish to an old channel has ended.
 * What somebody does is refused (`access-removed`, `signed-out`, `not-signed-in`) when they lost their access before it
 * could be committed, however it got so far; `acting` is null for what the system itself does.
 * Locks are taken in one order everywhere: rooms, memberships, people (each by id), the team, the audit log, then gates.
 * `work` may run again when it met another writer, so it does nothing outside its transaction.
 */
export async function inTransaction<Result>(
  ctx: Context,
  acting: Acting | null,
  work: Work<Result>,
): Promise<Result> {
  const { result, tx } = await commit(ctx, acting, work)
  await settle(ctx, tx)
  return result
}

/** The same for an act that has more to do between its commit and settling. */
export async function commit<Result>(
  ctx: Context,
  acting: Acting | null,
  work: Work<Result>,
  attempt = 1,
): Promise<{ result: Result; tx: Transaction }> {
  try {
    const { entries, ...done } = await ctx.sql.begin(async (sql) => {
      const tx = begun(sql)
      const result = await withReason(tx, acting, work)
      const entries = await insertEntries(sql, tx.acts)
      await passGates(tx, acting)
      return { result, tx, entries }
    })
    logEntries(ctx.log, entries)
    return done
  } catch (error) {
    if (attempt >= ATTEMPTS || !isConflict(error)) throw error
    return commit(ctx, acting, work, attempt + 1)
  }
}

export async function settle(ctx: Context, tx: Transaction): Promise<void> {
  ctx.consumers.wake(tx.emittedTo)
  if (tx.revoking.size > 0) ctx.revocation.wake()
  if (tx.leftBehind.size > 0) await flightsLanded(ctx, tx.leftBehind)
}

function begun(sql: TransactionSql): Transaction {
  return {
    sql,
    emittedTo: new Set(),
    leftBehind: new Set(),
    acts: [],
    revoking: new Set(),
    refused: new Set(),
  }
}

/** Whoever lost their access is told that, and not what else they may not do. */
async function withReason<Result>(
  tx: Transaction,
  acting: Acting | null,
  work: Work<Result>,
): Promise<Result> {
  try {
    return await work(tx)
  } catch (error) {
    if (error instanceof ProblemThrown && acting) await admit(tx.sql, acting)
    throw error
  }
}

/** Last of all: inside, nothing is waited for any more. Who refuses themselves was let in before they did. */
async function passGates({ sql, refused }: Transaction, acting: Acting | null): Promise<void> {
  if (refused.size > 0) await closeGates(sql, refused)
  if (acting && !refused.has(acting.personId)) await admit(sql, acting)
}
