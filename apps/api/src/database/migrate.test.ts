import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import { connectAsOwner, type Sql } from './connection.ts'
import { migrate } from './migrate.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
let sql: Sql

beforeAll(async () => {
  database = await createDatabase()
  sql = connectAsOwner(database.url, { applicationName: 'test', maxConnections: 5 })
})
beforeEach(async () => {
  await sql`drop schema public cascade`
  await sql`create schema public`
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

test('instances that start at once migrate an empty database together', async () => {
  await Promise.all(Array.from({ length: 5 }, async () => migrate(sql)))
  const applied = await sql<{ name: string }[]>`select name from migrations order by name`
  expect(applied[0]?.name).toBe('0001-people.sql')
  await migrate(sql)
  expect(await sql`select name from migrations order by name`).toEqual(applied)
})

test('a migration that was edited after it had been applied stops the start', async () => {
  await migrate(sql)
  await sql`update migrations set checksum = 'other' where name = '0001-people.sql'`
  await expect(migrate(sql)).rejects.toThrow('0001-people.sql was edited')
})

test('values leave the database in the wire format', async () => {
  const [row] = await sql`
    select 9007199254740991::bigint as count, '2026-01-02 03:04:05.678+00'::timestamptz(3) as at`
  expect(row).toEqual({ count: Number.MAX_SAFE_INTEGER, at: '2026-01-02T03:04:05.678Z' })
  await expect(sql`select 9007199254740992::bigint`).rejects.toThrow(RangeError)
})
