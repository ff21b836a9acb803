import type { RevocationKind } from '@conclave/shared/admin'
import type { Sql, TransactionSql } from '../../database/connection.ts'

/** A step that this transaction has locked, so that nobody else performs it. */
export interface Step {
  id: number
  personId: string
  kind: RevocationKind
  attempts: number
  /** Auth0's id of the person. */
  sub: string
  /** Auth0's id of the session, for steps about one session. */
  sid: string | null
  ageSeconds: number
  /** Whether a newer step of its lane replaces this one. */
  superseded: boolean
}

/**
 * Takes the next step that is due. A person's steps of one lane are performed in order and one at a time, across all
 * instances.
 */
export async function takeStep(
  sql: TransactionSql,
  kinds: readonly RevocationKind[],
): Promise<Step | undefined> {
  const newer = laneHas(sql, sql`other.id > step.id`)
  const older = laneHas(sql, sql`other.id < step.id`)
  const [step] = await sql<Step[]>`
    select
      step.id,
      step.person_id as "personId",
      step.kind,
      step.attempts,
      person.auth0_sub as sub,
      session.sid,
      extract(epoch from clock_timestamp() - step.created_at)::float8 as "ageSeconds",
      ${newer} as superseded
    from revocation_steps step
    join people person on person.id = step.person_id
    left join sessions session on session.id = step.session_id
    where step.done_at is null
      and step.kind = any (${[...kinds]}::text[])
      and not ${older}
      and (step.next_at <= clock_timestamp() or ${newer})
    order by step.next_at, step.id
    limit 1
    for update of step skip locked`
  return step
}

/** `skipped`: the reason why the step was not performed, if it was not. */
export async function finishStep(
  sql: TransactionSql,
  id: number,
  skipped: 'superseded' | 'unavailable' | null,
): Promise<void> {
  await sql`
    update revocation_steps
    set
      done_at = clock_timestamp(),
      last_error = ${skipped},
      attempts = attempts + ${skipped === null ? 1 : 0}
    where id = ${id}`
}

export async function postponeStep(
  sql: TransactionSql,
  id: number,
  { waitMs, reason }: { waitMs: number; reason: string },
): Promise<void> {
  await sql`
    update revocation_steps
    set
      attempts = attempts + 1,
      last_error = ${reason},
      next_at = clock_timestamp() + ${waitMs}::float8 * interval '1 millisecond'
    where id = ${id}`
}

/** How many steps are waiting, and for how long the oldest has. */
export async function stepLag(sql: Sql): Promise<{ waiting: number; oldestSeconds: number }> {
  const [lag] = await sql<{ waiting: number; oldestSeconds: number }[]>`
    select
      count(*) as waiting,
      coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8
        as "oldestSeconds"
    from revocation_steps where done_at is null`
  return lag ?? { waiting: 0, oldestSeconds: 0 }
}

// Blocking and unblocking undo each other, so they share a lane; every other kind and every session has a lane of its
// own.
function laneHas(sql: TransactionSql, which: ReturnType<TransactionSql>) {
  return sql`exists (
    select from revocation_steps other
    where other.person_id = step.person_id
      and other.session_id is not distinct from step.session_id
      and other.done_at is null
      and replace(other.kind, 'unblocked', 'blocked') = replace(step.kind, 'unblocked', 'blocked')
      and ${which}
  )`
}
