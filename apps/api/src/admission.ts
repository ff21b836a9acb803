import type { ProblemSlug } from '@conclave/shared/problems'
import type { Acting } from './actor.ts'
import type { Sql, TransactionSql } from './database/connection.ts'
import { problemFor } from './problem.ts'

/**
 * The last thing before a commit: lets the caller in once more, and until the commit nobody can take their access.
 * Throws `access-removed`, `signed-out` or `not-signed-in`. Whoever is inside waits for nothing but the commit.
 */
export async function admit(sql: TransactionSql, acting: Acting): Promise<void> {
  const { personId, sessionId, issuedAtSeconds } = acting
  const [row] = await sql<Verdict[]>`
    select admit(${personId}, ${sessionId ?? null}, ${issuedAtSeconds}) as refusal`
  judge(acting, row)
}

/** The same for somebody whose row this transaction holds: then nobody else can be taking their access. */
export async function checkLetIn(sql: TransactionSql, acting: Acting): Promise<void> {
  const { personId, sessionId, issuedAtSeconds } = acting
  const [row] = await sql<Verdict[]>`
    select refusal_of(${personId}, ${sessionId ?? null}, ${issuedAtSeconds}) as refusal`
  judge(acting, row)
}

/**
 * The last thing before a commit that takes these people's access: waits for what was let in already, and nothing of
 * theirs is let in until it can be seen that they lost it.
 */
export async function closeGates(sql: TransactionSql, personIds: Iterable<string>): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(gate) from (
      select distinct gate_of(id) as gate from unnest(${[...personIds]}::uuid[]) as given (id)
      order by gate
    ) gates`
}

/** Whether they are let in as of the snapshot of the statement that this is part of: what it reads is no later. */
export function isLetIn(sql: Sql, { personId, sessionId, issuedAtSeconds }: Acting) {
  return sql`refusal_of(${personId}, ${sessionId ?? null}, ${issuedAtSeconds}) = ''`
}

interface Verdict {
  /** Empty when they are let in. */
  refusal: ProblemSlug | ''
}

function judge({ personId }: Acting, verdict: Verdict | undefined): void {
  if (verdict?.refusal !== '') throw problemFor(personId, verdict?.refusal ?? 'not-signed-in')
}
