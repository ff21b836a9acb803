import { STEPS_SHOWN_MAX, type AdminPerson, type RevocationStep } from '@conclave/shared/admin'
import type { Person, WorkspaceRole } from '@conclave/shared/people'
import type { Acting } from '../../actor.ts'
import { isLetIn } from '../../admission.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { cutNamePage, inNamePage, type NamePage } from '../../name-page.ts'
import { personColumns } from '../people/people.store.ts'

/** A page of all people by name, and how many owners have access, from one snapshot; undefined for a reader without access. */
export async function readAdminPeople(
  sql: Sql,
  reader: Acting,
  asked: NamePage,
): Promise<{ people: AdminPerson[]; owners: number; next?: string } | undefined> {
  const rows = await sql<((AdminPerson | { id: null }) & { owners: number; sortName: string })[]>`
    select counted.owners, person.*
    from (
      select count(*) as owners from people where role = 'owner' and blocked_at is null
    ) counted
    left join lateral (
      select ${adminColumns(sql)}, p.folded_name as "sortName"
      from (
        select * from people where ${inNamePage(sql, asked)}
        order by folded_name, id limit ${asked.limit + 1}
      ) p
    ) person on true
    where ${isLetIn(sql, reader)}
    order by person."sortName", person.id`
  const [first] = rows
  if (!first) return undefined
  const found = rows.filter((row) => row.id !== null)
  const { page, ...more } = cutNamePage(found, asked.limit, (row) => row)
  return {
    people: page.map(({ sortName: _sortName, owners: _owners, ...person }) => person),
    owners: first.owners,
    ...more,
  }
}

export async function readAdminPerson(
  sql: Sql | TransactionSql,
  personId: string,
): Promise<AdminPerson | undefined> {
  const [person] = await sql<AdminPerson[]>`
    select ${adminColumns(sql)} from people p where p.id = ${personId}`
  return person
}

export async function updateRole(
  sql: TransactionSql,
  personId: string,
  role: WorkspaceRole,
): Promise<Person> {
  const [person] = await sql<Person[]>`
    update people set role = ${role} where id = ${personId} returning ${personColumns(sql)}`
  if (!person) throw new Error('The person has vanished within a transaction')
  return person
}

/** From the commit on, every token of theirs is refused. */
export async function markBlocked(
  sql: TransactionSql,
  { personId, by, reason }: { personId: string; by: string | null; reason: string | null },
): Promise<Person> {
  const [person] = await sql<Person[]>`
    update people set
      blocked_at = clock_timestamp(), not_before = clock_timestamp(),
      blocked_by = ${by}, blocked_reason = ${reason}
    where id = ${personId}
    returning ${personColumns(sql)}`
  if (!person) throw new Error('The person has vanished within a transaction')
  return person
}

/** Tokens from before stay refused, so the person has to sign in again. */
export async function markUnblocked(sql: TransactionSql, personId: string): Promise<Person> {
  const [person] = await sql<Person[]>`
    update people set blocked_at = null, blocked_by = null, blocked_reason = null
    where id = ${personId}
    returning ${personColumns(sql)}`
  if (!person) throw new Error('The person has vanished within a transaction')
  return person
}

/** Whether this is the only owner of the workspace who has access. */
export async function isLastOwner(sql: TransactionSql, personId: string): Promise<boolean> {
  const [row] = await sql<{ others: boolean; owner: boolean }[]>`
    select
      exists (
        select from people where role = 'owner' and blocked_at is null and id <> ${personId}
      ) as others,
      exists (select from people where role = 'owner' and id = ${personId}) as owner`
  return row !== undefined && row.owner && !row.others
}

/**
 * Locks all owners, so that two concurrent acts cannot remove the last one, and these people: the person concerned, and
 * the one whose role decides.
 */
export async function lockOwnersAnd(
  sql: TransactionSql,
  personIds: readonly string[],
): Promise<void> {
  await sql`
    select from people where role = 'owner' or id = any (${[...personIds]}::uuid[])
    order by id for no key update`
}

function adminColumns(sql: Sql | TransactionSql) {
  return sql`
    p.id, p.name, p.avatar_url as "avatarUrl", p.status, p.blocked_at is null as active,
    exists (select from presence where person_id = p.id and shown_online) as online,
    p.email, p.email_verified as "emailVerified", p.role,
    p.blocked_at as "blockedAt", p.blocked_reason as "blockedReason",
    ${stepsOf(sql)} as steps`
}

// Times in the wire format, because values inside json bypass the driver's types.
function stepsOf(sql: Sql | TransactionSql) {
  return sql<RevocationStep[]>`(
    select coalesce(json_agg(json_build_object(
      'kind', s.kind, 'createdAt', wire_time(s.created_at), 'doneAt', wire_time(s.done_at),
      'attempts', s.attempts,
      'skipped', case when s.done_at is not null then s.last_error end
    ) order by s.id), '[]')
    from (
      select * from revocation_steps s
      where s.person_id = p.id and s.created_at >= coalesce(p.not_before, '-infinity')
      order by s.id desc limit ${STEPS_SHOWN_MAX}
    ) s
  )`
}
