import type { Context } from '../context.ts'
import { streams } from '../log/streams.ts'
import { findListeners, insertRekeyed, lockListeners, type Rekey } from './rekeyed.store.ts'

/** A rekey that has been committed, and whom it has told. */
export interface RekeyTold {
  rekey: Rekey
  told: ReadonlySet<string>
}

/**
 * Tells the new epochs to those who have begun to listen while the rekey was under way. Whoever signs a channel is stored
 * as listening before the epochs are read (`noteListening`). If they were given an old epoch, that was before the rekey's
 * commit; so by now they are found here, unless the rekey itself has found them. Some may be told twice, which changes
 * nothing. If it fails, they learn it within a minute, with the next look at the lists.
 */
export async function tellLateListeners(
  ctx: Pick<Context, 'sql' | 'consumers' | 'log'>,
  rekeys: readonly RekeyTold[],
): Promise<void> {
  try {
    for (const rekey of rekeys) ctx.consumers.wake(await tellLate(ctx, rekey))
  } catch (error) {
    ctx.log.warn({ err: error }, 'telling late listeners of a rekey failed')
  }
}

async function tellLate({ sql }: Pick<Context, 'sql'>, { rekey, told }: RekeyTold) {
  const late = (await findListeners(sql, rekey)).filter((id) => !told.has(streams.person(id)))
  if (late.length === 0) return []
  return sql.begin(async (tx) => {
    await lockListeners(tx, late)
    return insertRekeyed(tx, rekey, late)
  })
}
