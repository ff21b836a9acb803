import type { Stack } from '@conclave/dev-stack/stack'
import postgres from 'postgres'

/** Shorter words appear by chance in megabytes of base64: `Bob` did. */
const CANARY_MIN_CHARS = 6

/** Everything in this stack that its vendors may not see: texts, names, e-mail addresses, Auth0 ids. */
export async function canariesOf(stack: Stack): Promise<string[]> {
  const sql = postgres(stack.database, { max: 1 })
  const texts = (
    await sql<{ text: string }[]>`
      select text from messages
      union all select text from versions
      union all select topic from rooms`
  ).map((row) => row.text)
  const people = await sql<
    { name: string; email: string; auth0_sub: string }[]
  >`select name, email, auth0_sub from people`
  const rooms = await sql<{ name: string }[]>`select name from rooms where name <> ''`
  await sql.end()
  const canaries = [
    ...texts,
    ...people.flatMap(({ name, email, auth0_sub }) => [name, email, auth0_sub]),
    ...people.flatMap(({ name }) => name.split(' ')),
    ...rooms.map(({ name }) => name),
  ]
  return canaries.filter((canary) => canary.length >= CANARY_MIN_CHARS)
}

/** Those of them that a record contains, as they are or as JSON escapes them. */
export function seenIn(record: string, canaries: readonly string[]): string[] {
  return canaries.filter((canary) => record.includes(canary) || record.includes(escaped(canary)))
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
