import type { AuditAction, AuditState, AuditTarget } from '@conclave/shared/audit'
import type { Actor } from '../actor.ts'
import type { Transaction } from '../transaction.ts'

/** Something privileged that is being done: ids, roles and kinds, never what somebody wrote. */
export interface Act {
  action: AuditAction
  target: AuditTarget
  before?: AuditState
  after?: AuditState
}

/**
 * Writes an act down in the transaction that does it: both are committed, or neither.
 * It is written at the transaction's end, because until the commit nobody else can write an entry.
 */
export function recordAct(
  tx: Transaction,
  /** Null: the system itself. */
  actor: Pick<Actor, 'personId' | 'requestId'> | null,
  act: Act,
): void {
  tx.acts.push({ ...act, actorId: actor?.personId ?? null, requestId: actor?.requestId ?? null })
}
