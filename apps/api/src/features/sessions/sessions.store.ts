import { SESSIONS_MAX } from '@conclave/shared/bounds'
import type { Session } from '@conclave/shared/sessions'
import type { Sql, TransactionSql } from '../../database/connection.ts'

export interface NotedSession {
  id: string
  ended: boolean
}

/**
 * Stores a new session; concurrent requests get the same one, which may have ended already. Returns undefined when the
 * person has the maximum number of sessions. The caller has locked the person's row.
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
 * The least recently used sessions, which have to end to make room for a new one. They may be many, because there was
 * no limit in earlier versions. The caller has locked the person's row.
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

/** Active sessions, most recently used first; at most `SESSIONS_MAX`. */
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

/** Ends one session of this person; returns how many were ended. */
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
