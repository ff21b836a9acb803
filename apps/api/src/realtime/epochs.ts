import type { Transaction } from '../transaction.ts'
import { findListeners, insertRekeyed, lockListeners, type Rekey } from './rekeyed.store.ts'

/** A rekey whose rooms, and whoever is told of it, are locked. */
export interface LockedRekey extends Rekey {
  listeners: readonly string[]
}

/**
 * Locks what a rekey changes, in the one order: the rooms, then those who are told of the new epochs, and `others`, which
 * the action changes as well. The action must not have locked people before, and must have locked the memberships that it
 * changes.
 */
export async function lockRekey(
  { sql }: Transaction,
  rekey: Rekey,
  others: readonly string[] = [],
): Promise<LockedRekey> {
  const { roomIds, personId } = rekey
  await sql`
    select from rooms where id = any (${[...roomIds]}::uuid[]) order by id for no key update`
  const own = personId === undefined ? [] : [personId]
  const listeners = [...new Set([...(await findListeners(sql, rekey)), ...own, ...others])]
  await lockListeners(sql, listeners)
  return { ...rekey, listeners }
}

/**
 * Gives channels new names, and with them new keys. A signature for a channel lasts as long as its socket and cannot be
 * revoked, so this is the only way to stop a client that does not unsubscribe. The other subscribers get the new epochs
 * on their own channels; whoever is not connected gets them when they connect. Call `lockRekey` before, and `leaveBehind`
 * if the action has to wait for flights to the old ones.
 */
export async function raiseEpochs(
  tx: Transaction,
  { listeners, ...rekey }: LockedRekey,
): Promise<void> {
  const { sql } = tx
  const { roomIds, personId, team } = rekey
  await sql`update rooms set epoch = epoch + 1 where id = any (${[...roomIds]}::uuid[])`
  if (personId) await sql`update people set epoch = epoch + 1 where id = ${personId}`
  if (team) await sql`update team set epoch = epoch + 1`
  const told = await insertRekeyed(sql, rekey, listeners)
  for (const stream of told) tx.emittedTo.add(stream)
  tx.rekeys.push({ rekey, told: new Set(told) })
}

/** Makes the action wait, after its commit, until nothing is being published to an earlier epoch of these channels. */
export function leaveBehind(tx: Transaction, left: readonly string[]): void {
  for (const stream of left) tx.leftBehind.add(stream)
}
