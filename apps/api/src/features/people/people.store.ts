import type { Me, People, Person, WorkspaceRole } from '@conclave/shared/people'
import { byNameThenId } from '@conclave/shared/people.fold'
import type { Context } from '../../context.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'

/** Someone new, as Auth0 describes them. */
export interface Profile {
  sub: string
  name: string
  email: string
  emailVerified: boolean
  avatarUrl: string | null
}

export interface KnownPerson {
  id: string
  role: WorkspaceRole
  blocked: boolean
  /** Whether the token is older than what is accepted of this person. */
  outdated: boolean
}

/** The one query that every request pays for knowing who calls. */
export async function findBySub(
  sql: Sql,
  sub: string,
  issuedAtSeconds: number,
): Promise<KnownPerson | undefined> {
  const [person] = await sql<KnownPerson[]>`
    select
      id,
      role,
      blocked_at is not null as blocked,
      coalesce(to_timestamp(${issuedAtSeconds}::float8) < not_before, false) as outdated
    from people where auth0_sub = ${sub}`
  return person
}

/** Answers undefined when the person exists by now. The first verified one becomes the owner. */
export async function insertPerson(
  sql: TransactionSql,
  { sub, name, email, emailVerified, avatarUrl }: Profile,
): Promise<Person | undefined> {
  // Two who arrive together must not both find the workspace without an owner.
  await sql`select from team for no key update`
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

export async function readMe(sql: Sql, personId: string): Promise<Me | undefined> {
  const [me] = await sql<Me[]>`
    select ${personColumns(sql)}, email, email_verified as "emailVerified", role
    from people where id = ${personId}`
  return me
}

export async function readPerson(sql: Sql, personId: string): Promise<Person | undefined> {
  const [person] = await sql<Person[]>`
    select ${personColumns(sql)} from people where id = ${personId}`
  return person
}

export async function readPeople(sql: Sql): Promise<People> {
  const rows = await sql<(Person & { rev: number; epoch: number })[]>`
    select team.rev, team.epoch, ${personColumns(sql)} from team cross join people`
  const people = rows.map(({ id, name, avatarUrl, status }) => ({ id, name, avatarUrl, status }))
  return {
    people: people.toSorted(byNameThenId),
    rev: rows[0]?.rev ?? 0,
    epoch: rows[0]?.epoch ?? 0,
  }
}

/** Answers the person when this changed something. */
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

/** Locks those of these people who are with us, in id order, and says who they are. */
export async function lockPeople(sql: TransactionSql, personIds: string[]): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from people where id = any (${personIds}::uuid[]) and blocked_at is null
    order by id for no key update`
  return rows.map(({ id }) => id)
}

/** The epoch of the team's channel. */
export async function teamEpoch({ sql }: Context): Promise<number> {
  const [team] = await sql<{ epoch: number }[]>`select epoch from team`
  return team?.epoch ?? 0
}

function personColumns(sql: Sql | TransactionSql) {
  return sql`id, name, avatar_url as "avatarUrl", status`
}
