import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import type { TransactionSql } from '../../database/connection.ts'
import { commit, settle, type Transaction } from '../../transaction.ts'
import { lockPerson } from '../people/people.store.ts'
import { checkLetIn } from '../../admission.ts'
import { performRekeys } from './pending-rekeys.ts'

/**
 * Revokes access: `decide` commits the refusal while holding the lock of the person's row and of no room, so that
 * nothing that happens in their rooms can delay it. Then the rekeys that `decide` has queued are performed. Resolves
 * when both are done; if this process dies in between, another instance performs the rekeys.
 *
 * `lock` must lock at least the person's row, before anything else. Adding somebody to a room locks that row as well,
 * so `decide` sees all of their rooms.
 */
export async function refuseFirst<Result>(
  ctx: Context,
  /** Null: the system itself. */
  actor: Actor | null,
  personId: string,
  decide: (tx: Transaction) => Promise<Result>,
  lock: (sql: TransactionSql) => Promise<unknown> = async (sql) => lockPerson(sql, personId),
): Promise<Result> {
  const { result, tx } = await commit(ctx, actor, async (tx) => {
    await lock(tx.sql)
    // People who revoke their own access are checked before: afterwards they would be refused.
    if (actor?.personId === personId) await checkLetIn(tx.sql, actor)
    tx.refused.add(personId)
    return decide(tx)
  })
  if (tx.leftBehind.size > 0) await performRekeys(ctx, personId)
  await settle(ctx, tx)
  return result
}
