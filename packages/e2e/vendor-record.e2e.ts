import postgres from 'postgres'
import { choose, say, sees, something } from './actions.ts'
import { expect, test } from './fixtures.ts'

const CANARY_MIN_CHARS = 6

/** Runs last (files run by name), so the record is that of the whole end-to-end run. */
test('the vendor has seen no text, name, e-mail or Auth0 id of this run', async ({
  alice,
  bob,
  stack,
  vendor,
}) => {
  const text = something('Nobody but us reads this')
  await say(alice, text)
  await sees(bob, text)
  await choose(alice, 'Busy')
  await expect(bob.getByTitle('Alice Meyer, Busy').first()).toBeVisible()

  const sql = postgres(stack.database, { max: 1 })
  const texts = (await sql<{ text: string }[]>`select text from messages`).map((row) => row.text)
  const people = await sql<
    { name: string; email: string; auth0_sub: string }[]
  >`select name, email, auth0_sub from people`
  const rooms = await sql<{ name: string }[]>`select name from rooms where name <> ''`
  await sql.end()
  const record = await vendor.record()

  // The search means something only if there was much to see, and it is found when it is there.
  expect(record.length).toBeGreaterThan(10_000)
  expect(record).toContain('private-encrypted-room-')
  expect(texts).toContain(text)
  expect(people.length).toBeGreaterThan(3)

  // Shorter words turn up in megabytes of base64 by chance: `Bob` did.
  const canaries = [
    ...texts,
    ...people.flatMap(({ name, email, auth0_sub }) => [name, email, auth0_sub]),
    ...people.flatMap(({ name }) => name.split(' ')),
    ...rooms.map(({ name }) => name),
  ].filter((canary) => canary.length >= CANARY_MIN_CHARS)
  expect(canaries).toEqual(expect.arrayContaining([text, 'Alice Meyer', 'Tanaka', 'General']))
  const seen = canaries.filter(
    (canary) => record.includes(canary) || record.includes(escaped(canary)),
  )
  expect(seen).toEqual([])
})

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}
