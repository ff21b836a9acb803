import type { AuditAction, AuditState, AuditTarget } from '@conclave/shared/audit'
import type { Actor } from '../actor.ts'
import type { Transaction } from '../transaction.ts'

/** A privileged act: ids, roles and kinds, never what people wrote. */
export interface Act {
  action: AuditAction
  target: AuditTarget
  before?: AuditState
  after?: AuditState
}

/**
 * Records an act in the transaction that performs it: both are committed, or neither. The entry is written at the end
 * of the transaction, because the lock of the chain is held from then until the commit.
 */
export function recordAct(
  tx: Transaction,
  /** Null: the system itself. */
  actor: Pick<Actor, 'personId' | 'requestId'> | null,
  act: Act,
): void {
  tx.acts.push({ ...act, actorId: actor?.personId ?? null, requestId: actor?.requestId ?? null })
}
