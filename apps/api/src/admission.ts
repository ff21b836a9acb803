import type { ProblemSlug } from '@conclave/shared/problems'
import type { Acting } from './actor.ts'
import type { Sql, TransactionSql } from './database/connection.ts'
import { problemFor, type ProblemThrown } from './problem.ts'

/** With this code `pass_gate` refuses (migration 0030). */
const REFUSED_AT_GATE = 'RF001'

/**
 * The last statement before a commit: checks the caller's access once more, and holds off any revocation until the
 * commit. Throws `access-removed`, `signed-out` or `not-signed-in`. Nothing may wait between this and the commit.
 */
export async function admit(sql: TransactionSql, acting: Acting): Promise<void> {
  const { personId, sessionId, issuedAtSeconds } = acting
  const [row] = await sql<Verdict[]>`
    select admit(${personId}, ${sessionId ?? null}, ${issuedAtSeconds}) as refusal`
  judge(acting, row)
}

/**
 * The same within a statement that writes and is a transaction by itself: the last thing that it evaluates, so a column of a
 * query whose `from` is the function that writes. A caller who has no access any more fails the statement, which undoes all of it.
 */
export function passGate(sql: Sql, { personId, sessionId, issuedAtSeconds }: Acting) {
  return sql`pass_gate(${personId}, ${sessionId ?? null}, ${issuedAtSeconds})`
}

/** The problem of a caller whose statement failed in `passGate`; undefined for any other failure. */
export function refusedAtGate({ personId }: Acting, error: unknown): ProblemThrown | undefined {
  if (!(error instanceof Error && 'code' in error && error.code === REFUSED_AT_GATE))
    return undefined
  return problemFor(personId, error.message as ProblemSlug)
}

/** The same check for a person whose row this transaction has locked, so that no revocation can be in progress. */
export async function checkLetIn(sql: TransactionSql, acting: Acting): Promise<void> {
  const { personId, sessionId, issuedAtSeconds } = acting
  const [row] = await sql<Verdict[]>`
    select refusal_of(${personId}, ${sessionId ?? null}, ${issuedAtSeconds}) as refusal`
  judge(acting, row)
}

/**
 * The last statement before a commit that revokes these people's access: waits for their admitted writes to commit, and
 * admits no other until the revocation is visible.
 */
export async function closeGates(sql: TransactionSql, personIds: Iterable<string>): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(gate) from (
      select distinct gate_of(id) as gate from unnest(${[...personIds]}::uuid[]) as given (id)
      order by gate
    ) gates`
}

/** A condition for a query: whether the caller has access in the same snapshot as the rows that the query reads. */
export function isLetIn(sql: Sql, { personId, sessionId, issuedAtSeconds }: Acting) {
  return sql`refusal_of(${personId}, ${sessionId ?? null}, ${issuedAtSeconds}) = ''`
}

interface Verdict {
  /** Empty when they have access. */
  refusal: ProblemSlug | ''
}

function judge({ personId }: Acting, verdict: Verdict | undefined): void {
  if (verdict?.refusal !== '') throw problemFor(personId, verdict?.refusal ?? 'not-signed-in')
}
