import type { Acting } from './actor.ts'
import { admit, closeGates, refusedAtGate } from './admission.ts'
import { insertEntries, logEntries, type EntryDraft } from './audit/audit.store.ts'
import type { Context } from './context.ts'
import type { TransactionSql } from './database/connection.ts'
import { isConflict } from './database/write-errors.ts'
import { ProblemThrown } from './problem.ts'
import { flightsLanded } from './realtime/landing.ts'
import { tellLateListeners, type RekeyTold } from './realtime/late-listeners.ts'

const ATTEMPTS = 4

/** A write in progress: its SQL, the streams it has emitted to, and the streams it rekeys. */
export interface Transaction {
  readonly sql: TransactionSql
  /** Rooms that it has locked before it read anything of them. */
  readonly lockedRooms: Set<string>
  readonly emittedTo: Set<string>
  readonly leftBehind: Set<string>
  readonly rekeys: RekeyTold[]
  /** Its audit entries. */
  readonly acts: EntryDraft[]
  /** People for whom it has queued revocation steps. */
  readonly revoking: Set<string>
  /** People whose access it revokes; it has locked their rows. */
  readonly refused: Set<string>
}

type Work<Result> = (tx: Transaction) => Promise<Result>

/**
 * Runs a write in one transaction and, after the commit, wakes the workers for what it emitted and queued. If the write
 * raised epochs, the promise resolves only after the last publish to an old channel has ended. Throws `access-removed`,
 * `signed-out` or `not-signed-in` if the caller's access was revoked before the commit; `acting` is null for acts of
 * the system itself. Locks are taken in one order everywhere: rooms, memberships, the workspace's
 * settings, people (each by id), the team, the audit log, then gates. `work` may run again after a conflict with another write, so it must do nothing outside its
 * transaction.
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

/** The same for an act that has more to do after its commit and before `settle`. */
export async function commit<Result>(
  ctx: Context,
  acting: Acting | null,
  work: Work<Result>,
): Promise<{ result: Result; tx: Transaction }> {
  const { entries, ...done } = await untilNoConflict(async () =>
    ctx.sql.begin(async (sql) => {
      const tx = begun(sql)
      const result = await withReason(tx, acting, work)
      const entries = await insertEntries(sql, tx.acts)
      await passGates(tx, acting)
      return { result, tx, entries }
    }),
  )
  logEntries(ctx.log, entries)
  return done
}

/**
 * The same for what is written often: one statement outside of any transaction is one by itself, in one round trip. It takes
 * its locks in the same order, has `passGate` last, and leaves it to the caller to wake the workers. May run again like `work`.
 */
export async function inOneStatement<Result>(
  acting: Acting,
  statement: () => Promise<Result>,
): Promise<Result> {
  try {
    return await untilNoConflict(statement)
  } catch (error) {
    throw refusedAtGate(acting, error) ?? error
  }
}

export async function settle(ctx: Context, tx: Transaction): Promise<void> {
  ctx.consumers.wake(tx.emittedTo)
  if (tx.revoking.size > 0) ctx.revocation.wake()
  if (tx.rekeys.length > 0) await tellLateListeners(ctx, tx.rekeys)
  if (tx.leftBehind.size > 0) await flightsLanded(ctx, tx.leftBehind)
}

async function untilNoConflict<Result>(write: () => Promise<Result>, attempt = 1): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (attempt >= ATTEMPTS || !isConflict(error)) throw error
    return untilNoConflict(write, attempt + 1)
  }
}

function begun(sql: TransactionSql): Transaction {
  return {
    sql,
    lockedRooms: new Set(),
    emittedTo: new Set(),
    leftBehind: new Set(),
    rekeys: [],
    acts: [],
    revoking: new Set(),
    refused: new Set(),
  }
}

/** A caller whose access was revoked gets that problem, and not the one that `work` threw. */
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

/**
 * Last, because nothing may wait between a gate and the commit. People who revoke their own access were admitted
 * before.
 */
async function passGates({ sql, refused }: Transaction, acting: Acting | null): Promise<void> {
  if (refused.size > 0) await closeGates(sql, refused)
  if (acting && !refused.has(acting.personId)) await admit(sql, acting)
}
