import type { RevocationKind } from '@conclave/shared/admin'
import type { Transaction } from '../../transaction.ts'

/**
 * Commits with the act that needs them; from then on they are tried until they are done. The act holds the
 * person's row, so that the order of steps is the order of acts.
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
