import type { WorkspaceRole } from '@conclave/shared/people'
import type { Identity } from '../../actor.ts'
import type { Sql } from '../../database/connection.ts'

/** What the database has about the person that a verified token belongs to. */
export interface Caller {
  personId: string
  role: WorkspaceRole
  blocked: boolean
  /** Whether the token was issued before the earliest time accepted for this person. */
  outdated: boolean
  /** The token's session, if it is already stored. */
  sessionId: string | null
  ended: boolean
  /** Whether the session's last use is old enough to be updated. */
  unnoticed: boolean
}

/**
 * The one query that authenticates a request; nothing is cached. Requests that arrive at the same time share a query.
 * Returns the results in the order of the tokens.
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
