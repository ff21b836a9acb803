import { SESSIONS_MAX } from '@conclave/shared/bounds'
import type { Session } from '@conclave/shared/sessions'
import type { Sql, TransactionSql } from '../../database/connection.ts'

export interface NotedSession {
  id: string
  ended: boolean
}

/**
 * Notes a session that was not known; of two requests at once, both get the same one, which may have ended meanwhile.
 * Answers undefined where somebody has as many as they may. Counted behind the lock of the person's row.
 */
export async function insertSession(
  sql: TransactionSql,
  session: { personId: string; sid: string; userAgent: string },
): Promise<NotedSession | undefined> {
  const { personId, sid, userAgent } = session
  await sql`select from people where id = ${personId} for no key update`
  const [noted] = await sql<NotedSession[]>`
    insert into sessions (person_id, sid, user_agent)
    select ${personId}, ${sid}, ${userAgent}
    where
      (select count(*) from sessions where person_id = ${personId} and ended_at is null) < ${SESSIONS_MAX}
      or exists (select from sessions where person_id = ${personId} and sid = ${sid})
    on conflict (person_id, sid) do update set last_seen_at = clock_timestamp()
    returning id, ended_at is not null as ended`
  return noted
}

/**
 * Which of somebody's sessions have to end so that there is a place for one more: those that were not used for longest.
 * From before there was a bound they may be many. Behind the lock of the person's row.
 */
export async function findBeyondBound(sql: TransactionSql, personId: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from sessions where person_id = ${personId} and ended_at is null
    order by last_seen_at desc, id desc offset ${SESSIONS_MAX - 1}`
  return rows.map(({ id }) => id)
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
