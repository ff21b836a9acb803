import type postgres from 'postgres'
import { PEOPLE } from '../seed/seed-people.ts'
import { FIRST_NAMES, LAST_NAMES } from './flood-words.ts'

/** The owner first, then the others of the seed: their numbers are their places here. */
const SEEDED = ['carol', 'alice', 'bob', 'mallory'].map((name) =>
  PEOPLE.find(({ email }) => email.startsWith(name)),
)

/** The address of a person by their number; the Auth0 emulator gives whoever has it the same id on every run. */
export function floodEmail(n: number): string {
  return SEEDED[n]?.email ?? `person-${String(n).padStart(5, '0')}@example.com`
}

/** Adds the people who are missing, and makes `flood_people`: everybody's number and id. */
export async function insertPeople(tx: postgres.TransactionSql, count: number): Promise<void> {
  const names = SEEDED.map((person) => person?.name ?? '')
  const emails = SEEDED.map((_, n) => floodEmail(n))
  await tx`
    create temporary table flood_people on commit drop as
    with named as (
      select n,
        coalesce(
          (${names}::text[])[n + 1],
          (${FIRST_NAMES}::text[])[1 + n % ${FIRST_NAMES.length}::int] || ' '
            || chr(65 + n / ${FIRST_NAMES.length}::int % 26) || '. '
            || (${LAST_NAMES}::text[])[1 + n * 7 % ${LAST_NAMES.length}::int]
        ) as name,
        coalesce((${emails}::text[])[n + 1], 'person-' || lpad(n::text, 5, '0') || '@example.com') as email
      from generate_series(0, ${count}::int - 1) n
    ),
    -- As the Auth0 emulator names its seeded people and crowds.
    known as (
      select named.*,
        'auth0|' || left(encode(sha256(convert_to(email, 'UTF8')), 'hex'), 24) as sub
      from named
    )
    select known.*, people.id, people.id is not null as was_there
    from known left join people on people.auth0_sub = known.sub`
  await tx`
    update flood_people
    set id = (lpad(to_hex(1767225600000 + n), 12, '0') || '70018000' || lpad(to_hex(n), 12, '0'))::uuid
    where id is null`
  await tx`
    insert into people (id, auth0_sub, name, email, email_verified, role)
    select id, sub, name, email, true,
      case when n = 0 and not exists (select from people where role = 'owner')
        then 'owner' else 'member' end
    from flood_people where not was_there order by n`
  await tx`alter table flood_people add primary key (n)`
  await tx`analyze flood_people`
}
