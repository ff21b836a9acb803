import type { Stack } from '@conclave/dev-stack/stack'
import type postgres from 'postgres'

const TOKEN_FOR_MS = 120_000
const AT_ONCE = 16
const ADDED_AT_ONCE = 100

interface Person {
  readonly email: string
  id: string
  token: string
  takenAt: number
}

/** Many people with their own accounts, because limits are per person. */
export interface Crowd {
  readonly size: number
  tokenOf(client: number): string
  idOf(client: number): string
  /** Renews the tokens of the first `count` people, starting at `from`, that are about to expire. */
  renew(count: number, from?: number): Promise<void>
}

/** People who are not in the team yet. */
export async function createCrowd(stack: Stack, sql: postgres.Sql, size: number): Promise<Crowd> {
  return openCrowd(
    stack,
    Array.from({ length: size }, (_, at) => `bench-${at}@example.com`),
    async (people) => arrive(sql, people),
  )
}

/** People who are in the team already. */
export async function crowdOfTeam(
  stack: Stack,
  sql: postgres.Sql,
  emails: readonly string[],
): Promise<Crowd> {
  return openCrowd(stack, emails, async (people) => {
    const rows = await sql<{ id: string; email: string }[]>`
      select id, email from people where email = any (${[...emails]}::text[])`
    const ids = new Map(rows.map(({ id, email }) => [email, id]))
    for (const person of people) person.id = ids.get(person.email) ?? ''
  })
}

async function openCrowd(
  stack: Stack,
  emails: readonly string[],
  findIds: (people: Person[]) => Promise<void>,
): Promise<Crowd> {
  const size = emails.length
  const people: Person[] = emails.map((email) => ({
    email,
    id: '',
    token: '',
    takenAt: Number.NEGATIVE_INFINITY,
  }))
  for (let from = 0; from < size; from += ADDED_AT_ONCE)
    await control(stack, 'crowd', { emails: emails.slice(from, from + ADDED_AT_ONCE) })
  await renew(size)
  await findIds(people)

  async function renew(count: number, from = 0): Promise<void> {
    const old = people
      .slice(from, count)
      .filter(({ takenAt }) => performance.now() - takenAt > TOKEN_FOR_MS)
    async function next(): Promise<void> {
      for (let person = old.pop(); person; person = old.pop()) {
        const { access_token } = await control(stack, 'token', { email: person.email })
        person.token = String(access_token)
        person.takenAt = performance.now()
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, next))
  }

  function personOf(client: number): Person {
    const person = people[client % size]
    if (!person) throw new Error('The crowd is empty')
    return person
  }

  return {
    size,
    tokenOf: (client) => personOf(client).token,
    idOf: (client) => personOf(client).id,
    renew,
  }
}

/** Inserts their rows, which otherwise their first requests would create one by one. */
async function arrive(sql: postgres.Sql, people: Person[]): Promise<void> {
  const subs = people.map(({ token }) => subOf(token))
  const rows = await sql<{ id: string; sub: string }[]>`
    insert into people (auth0_sub, name, email, email_verified, role)
    select sub, email, email, true, 'member'
    from unnest(${subs}::text[], ${people.map(({ email }) => email)}::text[]) as given (sub, email)
    returning id, auth0_sub as sub`
  const idBySub = new Map(rows.map(({ id, sub }) => [sub, id]))
  people.forEach((person, at) => Object.assign(person, { id: idBySub.get(subs[at] ?? '') ?? '' }))
}

function subOf(token: string): string {
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  return (JSON.parse(claims) as { sub: string }).sub
}

/** One of the controls of the Auth0 emulator. */
export async function control(
  { auth0 }: Stack,
  action: string,
  body: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${auth0}/__emulator/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`The Auth0 emulator refused ${action}: ${response.status}`)
  return response.status === 204 ? {} : ((await response.json()) as Record<string, unknown>)
}
