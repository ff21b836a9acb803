import { SESSIONS_MAX } from '@conclave/shared/bounds'
import type { Session } from '@conclave/shared/sessions'
import type { Sql, TransactionSql } from '../../database/connection.ts'

/**
 * Notes a session that was not known; of two requests at once, both get the same one. Where somebody has as many as they
 * may, there is no id, but the one that would have to end first. Counted behind the lock of the person's row.
 */
export async function insertSession(
  sql: Sql,
  session: { personId: string; sid: string; userAgent: string },
): Promise<{ id: string | null; longestUnused: string | null }> {
  const { personId, sid, userAgent } = session
  return sql.begin(async (tx) => {
    await tx`select from people where id = ${personId} for no key update`
    const [row] = await tx<{ id: string | null; longestUnused: string | null }[]>`
      with known as (
        select id, sid, last_seen_at from sessions
        where person_id = ${personId} and ended_at is null
      ),
      noted as (
        insert into sessions (person_id, sid, user_agent)
        select ${personId}, ${sid}, ${userAgent}
        where (select count(*) from known) < ${SESSIONS_MAX}
          or exists (select from known where sid = ${sid})
        on conflict (person_id, sid) do update set last_seen_at = clock_timestamp()
        returning id
      )
      select
        (select id from noted) as id,
        (select id from known order by last_seen_at, id limit 1) as "longestUnused"`
    if (!row) throw new Error('A statement without a table has no row')
    return row
  })
}

export async function noteSeen(sql: Sql, sessionId: string): Promise<void> {
  await sql`update sessions set last_seen_at = clock_timestamp() where id = ${sessionId}`
}

/** Those that are not ended, the one seen last first; there are at most `SESSIONS_MAX`. */
export async function readSessions(
  sql: Sql,
  personId: string,
  currentId: string | undefined,
): Promise<Session[]> {
  return sql<Session[]>`
    select
      id, user_agent as "userAgent", created_at as "createdAt", last_seen_at as "lastSeenAt",
      coalesce(id = ${currentId ?? null}, false) as current
    from sessions where person_id = ${personId} and ended_at is null
    order by last_seen_at desc, id`
}

/** Ends one session of this person's; answers how many that were. */
export async function markEnded(
  sql: TransactionSql,
  personId: string,
  sessionId: string,
): Promise<number> {
  const { count } = await sql`
    update sessions set ended_at = clock_timestamp()
    where id = ${sessionId} and person_id = ${personId} and ended_at is null`
  return count
}

/** Ends all sessions, and every token issued until now. */
export async function markAllEnded(sql: TransactionSql, personId: string): Promise<number> {
  await sql`update people set not_before = clock_timestamp() where id = ${personId}`
  const { count } = await sql`
    update sessions set ended_at = clock_timestamp()
    where person_id = ${personId} and ended_at is null`
  return count
}
