import type { RevocationKind } from '@conclave/shared/admin'
import type { Transaction } from '../../transaction.ts'

/**
 * Queues steps that commit with the act and are then retried until they succeed. The act has locked the person's row,
 * so that steps are in the order of acts.
 */
export async function queueSteps(
  { sql, revoking }: Transaction,
  personId: string,
  kinds: RevocationKind[],
  sessionId?: string,
): Promise<void> {
  await sql`
    insert into revocation_steps (person_id, kind, session_id)
    select ${personId}, kind, ${sessionId ?? null}
    from unnest(${kinds}::text[]) with ordinality as given (kind, nth) order by nth`
  revoking.add(personId)
}
