import { SESSIONS_MAX } from '@conclave/shared/bounds'
import type { Session } from '@conclave/shared/sessions'
import type { Sql, TransactionSql } from '../../database/connection.ts'

/**
 * Notes a session that was not known; of two requests at once, both get the same one, which may have ended meanwhile. Where
 * somebody has as many as they may, there is no id, but the one that would have to end first. Counted behind the lock of
 * the person's row.
 */
export async function insertSession(
  sql: TransactionSql,
  session: { personId: string; sid: string; userAgent: string },
): Promise<{ id: string | null; ended: boolean; longestUnused: string | null }> {
  const { personId, sid, userAgent } = session
  await sql`select from people where id = ${personId} for no key update`
  const [row] = await sql<{ id: string | null; ended: boolean; longestUnused: string | null }[]>`
    with open as (
      select id, last_seen_at from sessions where person_id = ${personId} and ended_at is null
    ),
    noted as (
      insert into sessions (person_id, sid, user_agent)
      select ${personId}, ${sid}, ${userAgent}
      where (select count(*) from open) < ${SESSIONS_MAX}
        or exists (select from sessions where person_id = ${personId} and sid = ${sid})
      on conflict (person_id, sid) do update set last_seen_at = clock_timestamp()
      returning id, ended_at is not null as ended
    )
    select
      (select id from noted) as id,
      coalesce((select ended from noted), false) as ended,
      (select id from open order by last_seen_at, id limit 1) as "longestUnused"`
  if (!row) throw new Error('A statement without a table has no row')
  return row
}

export async function noteSeen(sql: TransactionSql, sessionId: string): Promise<void> {
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
