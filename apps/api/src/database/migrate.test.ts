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

test('a migration that waits in a circle with a request is applied again', async () => {
  const fresh = await createDatabase()
  const options = { applicationName: 'test', maxConnections: 2 }
  const [starting, serving] = [
    connectAsOwner(fresh.url, options),
    connectAsOwner(fresh.url, options),
  ]
  await migrate(starting)
  // As it was before 0018, which locks people and then messages.
  await serving`drop table reactions`
  await serving`delete from migrations where name = '0018-reactions.sql'`
  await serving`alter table messages drop column reactions cascade`
  const request = await serving.reserve()
  await request`begin`
  await request`select from messages`
  const migrated = migrate(starting)
  await expect
    .poll(
      async () => serving`
        select from pg_locks where relation = 'messages'::regclass and not granted`,
    )
    .toHaveLength(1)
  await request`update people set rev = rev`
  await request`commit`
  request.release()
  await migrated
  expect(await serving`select from reactions`).toEqual([])
  await Promise.all([starting.end(), serving.end()])
  await fresh.drop()
})

test('a migration that was edited after it had been applied stops the start', async () => {
  await migrate(sql)
  await sql`update migrations set checksum = 'other' where name = '0001-people.sql'`
  await expect(migrate(sql)).rejects.toThrow('0001-people.sql was edited')
})

test('no key has text of people in the order of the operating system, which changes with its version', async () => {
  await migrate(sql)
  const keys = await sql<{ column: string }[]>`
    select distinct indexed.indrelid::regclass || '.' || attname as column
    from pg_index indexed
    join pg_attribute on attrelid = indexrelid
    join pg_collation on pg_collation.oid = attcollation
    where collprovider in ('d', 'c', 'i') and collname not in ('C', 'POSIX')
      and indexed.indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
    order by 1`
  // Ids and names that programs make, in ASCII.
  expect(keys.map(({ column }) => column)).toEqual([
    'deliveries.id',
    'limit_counts.key',
    'lurkers.channel',
    'migrations.name',
    'people.auth0_sub',
    'rooms.direct_key',
    'rounds.name',
    'sessions.sid',
  ])
})

test('values leave the database in the wire format', async () => {
  const [row] = await sql`
    select 9007199254740991::bigint as count, '2026-01-02 03:04:05.678+00'::timestamptz(3) as at`
  expect(row).toEqual({ count: Number.MAX_SAFE_INTEGER, at: '2026-01-02T03:04:05.678Z' })
  await expect(sql`select 9007199254740992::bigint`).rejects.toThrow(RangeError)
})
