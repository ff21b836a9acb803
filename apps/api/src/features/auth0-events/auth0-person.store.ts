import type { Sql, TransactionSql } from '../../database/connection.ts'

/** Reasons of blocks that came from Auth0; only these may be lifted by Auth0. */
const AUTH0_REASONS = ['Blocked in Auth0', 'Deleted in Auth0'] as const
export type Auth0Reason = (typeof AUTH0_REASONS)[number]

/** What is compared with Auth0 about a person. */
export interface Auth0Person {
  personId: string
  sub: string
  blocked: boolean
  /** Whether the block came from Auth0. */
  byAuth0: boolean
  /** Whether a change of ours has not reached Auth0 yet, so that its state is out of date. */
  pending: boolean
}

export async function findAuth0Person(
  sql: Sql | TransactionSql,
  sub: string,
): Promise<Auth0Person | undefined> {
  const [person] = await sql<Auth0Person[]>`
    select ${columns(sql)} from people where auth0_sub = ${sub}`
  return person
}

/** People whose block differs from this list of people blocked in Auth0. */
export async function findDiffering(
  sql: Sql,
  blockedSubs: readonly string[],
): Promise<Auth0Person[]> {
  return sql<Auth0Person[]>`
    select ${columns(sql)} from people
    where (blocked_at is not null) <> (auth0_sub = any (${[...blockedSubs]}::text[]))`
}

function columns(sql: Sql | TransactionSql) {
  return sql`
    id as "personId",
    auth0_sub as sub,
    blocked_at is not null as blocked,
    coalesce(blocked_by is null and blocked_reason = any (${[...AUTH0_REASONS]}), false)
      as "byAuth0",
    exists (
      select from revocation_steps step
      where step.person_id = people.id
        and step.kind in ('auth0-blocked', 'auth0-unblocked')
        and step.done_at is null
    ) as pending`
}
