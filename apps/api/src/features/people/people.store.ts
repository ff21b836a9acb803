import type { Me, People, Person, WorkspaceRole } from '@conclave/shared/people'
import type { Acting } from '../../actor.ts'
import { isLetIn } from '../../admission.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'

/** A new person's profile from Auth0. */
export interface Profile {
  sub: string
  name: string
  email: string
  emailVerified: boolean
  avatarUrl: string | null
}

/** Returns undefined when the person exists already. The first person with a verified address becomes the owner. */
export async function insertPerson(
  sql: TransactionSql,
  { sub, name, email, emailVerified, avatarUrl }: Profile,
): Promise<Person | undefined> {
  // Two people who arrive together must not both become the owner.
  await lockTeam(sql)
  const [person] = await sql<Person[]>`
    insert into people (auth0_sub, name, email, email_verified, avatar_url, role)
    values (
      ${sub}, ${name}, ${email}, ${emailVerified}, ${avatarUrl},
      case
        when ${emailVerified} and not exists (select from people where role = 'owner') then 'owner'
        else 'member'
      end
    )
    on conflict (auth0_sub) do nothing
    returning ${personColumns(sql)}`
  return person
}

/** Undefined for a reader without access. */
export async function readMe(sql: Sql, reader: Acting): Promise<Me | undefined> {
  const [me] = await sql<Me[]>`
    select ${personColumns(sql)}, email, email_verified as "emailVerified"
    from people where id = ${reader.personId} and ${isLetIn(sql, reader)}`
  return me
}

/**
 * These people, in this order, with the team's revision, from one snapshot. Ids that nobody has are omitted. Undefined for a
 * reader without access.
 */
export async function readPeopleById(
  sql: Sql,
  reader: Acting,
  ids: readonly string[],
): Promise<People | undefined> {
  const rows = await sql<((Person | { id: null }) & { rev: number })[]>`
    select team.rev, person.*
    from team left join lateral (
      select ${personColumns(sql)} from people where id = any (${[...ids]}::uuid[])
    ) person on true
    where ${isLetIn(sql, reader)}`
  const [first] = rows
  if (!first) return undefined
  const byId = new Map(
    rows.filter((row) => row.id !== null).map((row): [string, Person] => [row.id, toPerson(row)]),
  )
  return { people: ids.flatMap((id) => byId.get(id) ?? []), rev: first.rev }
}

/** Returns the person if this changed anything. */
export async function updateStatus(
  sql: TransactionSql,
  personId: string,
  status: Person['status'],
): Promise<Person | undefined> {
  const [person] = await sql<Person[]>`
    update people set status = ${status} where id = ${personId} and status <> ${status}
    returning ${personColumns(sql)}`
  return person
}

/** Locks those of these people who have access, in id order, and returns their ids. */
export async function lockPeople(sql: TransactionSql, personIds: string[]): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from people where id = any (${personIds}::uuid[]) and blocked_at is null
    order by id for no key update`
  return rows.map(({ id }) => id)
}

/** Until the end of the transaction nobody else tells the team anything. Locked after people. */
export async function lockTeam(sql: TransactionSql): Promise<void> {
  await sql`select from team for no key update`
}

/** Whether a person is shown as online. */
export async function readShownOnline(sql: TransactionSql, personId: string): Promise<boolean> {
  const rows = await sql`select from presence where person_id = ${personId} and shown_online`
  return rows.length === 1
}

/** Locks a person, whether they have access or not. */
export async function lockPerson(sql: TransactionSql, personId: string): Promise<void> {
  await sql`select from people where id = ${personId} for no key update`
}

/** The workspace role of a person who has access. */
export async function readRole(
  sql: Sql | TransactionSql,
  personId: string,
): Promise<WorkspaceRole | undefined> {
  const [person] = await sql<{ role: WorkspaceRole }[]>`
    select role from people where id = ${personId} and blocked_at is null`
  return person?.role
}

/** The person of a row that has more. */
export function toPerson({ id, name, avatarUrl, status, role, active, online }: Person): Person {
  return { id, name, avatarUrl, status, role, active, online }
}

export function personColumns(sql: Sql | TransactionSql) {
  return sql`
    id, name, avatar_url as "avatarUrl", status, role, blocked_at is null as active,
    exists (select from presence where person_id = people.id and shown_online) as online`
}
