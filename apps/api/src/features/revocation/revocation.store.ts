import type { RevocationKind } from '@conclave/shared/admin'
import type { Transaction } from '../../realtime/outbox.ts'

/** Commits with the act that needs them; from then on they are tried until they are done. */
export async function queueSteps(
  { sql }: Transaction,
  personId: string,
  kinds: RevocationKind[],
  sessionId?: string,
): Promise<void> {
  await sql`
    insert into revocation_steps (person_id, kind, session_id)
    select ${personId}, kind, ${sessionId ?? null} from unnest(${kinds}::text[]) as given (kind)`
}
