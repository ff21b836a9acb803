import type { Session } from '@conclave/shared/sessions'
import type { Sql, TransactionSql } from '../../database/connection.ts'

/** Notes a session that was not known; of two requests at once, both get the same one. */
export async function insertSession(
  sql: Sql,
  session: { personId: string; sid: string; userAgent: string },
): Promise<string | undefined> {
  const { personId, sid, userAgent } = session
  const [row] = await sql<{ id: string }[]>`
    insert into sessions (person_id, sid, user_agent) values (${personId}, ${sid}, ${userAgent})
    on conflict (person_id, sid) do update set last_seen_at = clock_timestamp()
    returning id`
  return row?.id
}

export async function noteSeen(sql: Sql, sessionId: string): Promise<void> {
  await sql`update sessions set last_seen_at = clock_timestamp() where id = ${sessionId}`
}

/** Those that are not ended, the one seen last first. */
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
