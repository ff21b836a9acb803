import type { WorkspaceRole } from '@conclave/shared/people'
import type { Identity } from '../../actor.ts'
import type { Sql } from '../../database/connection.ts'

/** What our own database says of a verified token's bearer, at this moment. */
export interface Caller {
  personId: string
  role: WorkspaceRole
  blocked: boolean
  /** Whether the token is older than what is accepted of this person. */
  outdated: boolean
  /** The token's session, when it is known already. */
  sessionId: string | null
  ended: boolean
  /** Whether to note again that the session is in use. */
  unnoticed: boolean
}

/**
 * The one query that every request pays for knowing who calls; nothing of it is ever remembered. Requests that come
 * at the same time share it. Answers in their order.
 */
export async function findCallers(
  sql: Sql,
  identities: readonly Identity[],
): Promise<(Caller | undefined)[]> {
  const rows = await sql<(Caller | { personId: null })[]>`
    select caller.*
    from unnest(
      ${identities.map(({ sub }) => sub)}::text[],
      ${identities.map(({ issuedAtSeconds }) => issuedAtSeconds)}::float8[],
      ${identities.map(({ sessionId }) => sessionId ?? null)}::text[]
    ) with ordinality as asked (sub, issued_at, sid, place)
    left join lateral (
      select
        p.id as "personId",
        p.role,
        p.blocked_at is not null as blocked,
        coalesce(to_timestamp(asked.issued_at) < p.not_before, false) as outdated,
        s.id as "sessionId",
        s.ended_at is not null as ended,
        coalesce(s.last_seen_at < now() - interval '5 minutes', false) as unnoticed
      from people p
      left join sessions s on s.person_id = p.id and s.sid = asked.sid
      where p.auth0_sub = asked.sub
      -- Planned by itself and so by its keys, however the sizes of the tables are guessed.
      limit 1
    ) caller on true
    order by asked.place`
  return rows.map((row) => (row.personId === null ? undefined : row))
}
