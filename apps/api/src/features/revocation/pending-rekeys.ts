import type { Context } from '../../context.ts'
import { leaveBehind, lockRekey, raiseEpochs } from '../../realtime/epochs.ts'
import type { Rekey } from '../../realtime/rekeyed.store.ts'
import { inTransaction, type Transaction } from '../../transaction.ts'
import { parseStream } from '../../log/streams.ts'
import { insertPendingRekeys, readStreamsOf, takePendingRekeys } from './pending-rekeys.store.ts'

/**
 * How many channels one transaction rekeys: enough for all of most people's, and few enough not to block rooms for
 * long.
 */
const TOGETHER_MAX = 1_000

/**
 * Queues rekeys of everything that a person may subscribe to. They commit with the revocation, which settles only after
 * they are done.
 */
export async function queueRekeys(tx: Transaction, personId: string): Promise<void> {
  leaveBehind(tx, await insertPendingRekeys(tx.sql, personId))
}

/** For a repeated revocation: the first one may still be performing its rekeys, or have died before. */
export async function awaitRekeys(tx: Transaction, personId: string): Promise<void> {
  leaveBehind(tx, await readStreamsOf(tx.sql, personId))
}

/**
 * Performs all pending rekeys of a person. They run after the revocation has committed, and so need no lock over all of
 * the person's rooms: since then no channel has been signed for them, so they have no key of a room that they joined
 * later, and a room that they left in the meantime was rekeyed by that.
 */
export async function performRekeys(ctx: Context, personId: string): Promise<void> {
  while (await performSome(ctx, personId));
}

/** Returns whether there were any. */
async function performSome(ctx: Context, personId: string): Promise<boolean> {
  return inTransaction(ctx, null, async (tx) => {
    const pending = await takePendingRekeys(tx.sql, personId, TOGETHER_MAX)
    if (pending.length === 0) return false
    await raiseEpochs(tx, await lockRekey(tx, rekeyOf(personId, pending)))
    return true
  })
}

function rekeyOf(personId: string, pending: readonly string[]): Rekey {
  const streams = pending.map(parseStream)
  return {
    roomIds: streams.flatMap((stream) => (stream.kind === 'room' ? stream.id : [])),
    ...(streams.some(({ kind }) => kind === 'person') ? { personId } : {}),
    team: streams.some(({ kind }) => kind === 'team'),
  }
}
