import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import type { TransactionSql } from '../../database/connection.ts'
import { commit, settle, type Transaction } from '../../transaction.ts'
import { lockPerson } from '../people/people.store.ts'
import { checkLetIn } from '../../admission.ts'
import { performRekeys } from './pending-rekeys.ts'

/**
 * Takes something of somebody's access: `decide` refuses them, behind the lock of their own row and of no room, so that
 * nothing that happens in their rooms can hold it off. Then whatever they could hear is moved away from them, if `decide`
 * has queued that. Settles once both are done; if this process dies in between, another does the rest.
 *
 * `lock` takes at least the person's row, and comes before anything else. Whoever brings somebody into a room takes
 * that row as well, so `decide` sees every room of theirs.
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
    // Before they refuse themselves: afterwards it could not be told from having been refused.
    if (actor?.personId === personId) await checkLetIn(tx.sql, actor)
    tx.refused.add(personId)
    return decide(tx)
  })
  if (tx.leftBehind.size > 0) await performRekeys(ctx, personId)
  await settle(ctx, tx)
  return result
}
