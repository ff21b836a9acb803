import type { Sql, TransactionSql } from '../../database/connection.ts'

/** Why Auth0 took somebody's access; only what it took it may give back. */
export const AUTH0_REASONS = ['Blocked in Auth0', 'Deleted in Auth0'] as const
export type Auth0Reason = (typeof AUTH0_REASONS)[number]

/** One of our people, as far as Auth0 has a say. */
export interface Auth0Person {
  personId: string
  sub: string
  blocked: boolean
  /** Whether it was Auth0 that took their access. */
  byAuth0: boolean
  /** Whether a decision of ours is still on its way to Auth0, which then says what was before. */
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

/** Those about whom we and this list of whom Auth0 has blocked differ. */
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
