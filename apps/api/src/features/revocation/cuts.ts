import type { Context } from '../../context.ts'
import { leaveBehind, lockCut, raiseEpochs, type Cut } from '../../realtime/epochs.ts'
import { inTransaction, type Transaction } from '../../transaction.ts'
import { parseStream } from '../../log/streams.ts'
import { insertCuts, readHeard, takeCuts } from './cuts.store.ts'

/** So many channels are moved in one transaction: most people's all at once, and nobody's rooms stand still for long. */
const TOGETHER_MAX = 500

/**
 * Commits with the refusal: everything that somebody hears will be moved away from them, and the act settles only once
 * it has been.
 */
export async function queueCuts(tx: Transaction, personId: string): Promise<void> {
  leaveBehind(tx, await insertCuts(tx.sql, personId))
}

/** For an act that finds everything done: whoever did it may still be at its cuts, or have died of it. */
export async function awaitCuts(tx: Transaction, personId: string): Promise<void> {
  leaveBehind(tx, await readHeard(tx.sql, personId))
}

/**
 * Moves what is left to be moved away from somebody; on return nothing is. It comes after the refusal, and so needs
 * no lock over all of their rooms: since the refusal they are signed nothing, so of a room that they came into later
 * they have no key, and one that they left meanwhile was moved by that.
 */
export async function performCuts(ctx: Context, personId: string): Promise<void> {
  while (await performSome(ctx, personId));
}

/** Answers whether there was any. */
async function performSome(ctx: Context, personId: string): Promise<boolean> {
  return inTransaction(ctx, null, async (tx) => {
    const left = await takeCuts(tx.sql, personId, TOGETHER_MAX)
    if (left.length === 0) return false
    const cut = cutOf(personId, left)
    await lockCut(tx, cut)
    await raiseEpochs(tx, cut)
    return true
  })
}

function cutOf(personId: string, left: readonly string[]): Cut {
  const streams = left.map(parseStream)
  return {
    roomIds: streams.flatMap((stream) => (stream.kind === 'room' ? stream.id : [])),
    ...(streams.some(({ kind }) => kind === 'person') ? { personId } : {}),
    team: streams.some(({ kind }) => kind === 'team'),
  }
}
