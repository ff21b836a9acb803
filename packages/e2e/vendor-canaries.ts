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

/**
 * Those of them that a record contains, as they are or as JSON escapes them. It goes through the record once, because with
 * thousands of texts and many megabytes to search for each took longer than the longest test.
 */
export function seenIn(record: string, canaries: readonly string[]): string[] {
  const searched = canaries.flatMap((canary) => [canary, escaped(canary)])
  const byStart = Map.groupBy(new Set(searched), startOf)
  const found = new Set<string>()
  for (let at = 0; at < record.length; at += 1) {
    const here = byStart.get(record.slice(at, at + CANARY_MIN_CHARS)) ?? []
    for (const text of here) if (record.startsWith(text, at)) found.add(text)
  }
  return canaries.filter((canary) => found.has(canary) || found.has(escaped(canary)))
}

function startOf(text: string): string {
  if (text.length < CANARY_MIN_CHARS) throw new Error(`too short to be searched for: ${text}`)
  return text.slice(0, CANARY_MIN_CHARS)
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
