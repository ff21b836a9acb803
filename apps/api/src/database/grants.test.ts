import postgres from 'postgres'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import { startHarness, type Harness } from '../../test/harness.ts'
import { connect } from './connection.ts'
import { prepareDatabase } from './prepare.ts'

let harness: Harness
beforeAll(async () => {
  harness = await startHarness()
  await note()
})
afterAll(async () => harness.close())

const REFUSED: [string, string][] = [
  ['change an entry', `update audit set action = 'x'`],
  ['remove one', 'delete from audit'],
  ['empty the log', 'truncate audit'],
  ['choose a number', `insert into audit (number, action, target) values (99, 'x', '{}')`],
  ['choose a hash', `insert into audit (hash, action, target) values ('x', 'x', '{}')`],
  ['read the head of the chain', 'select * from audit_head'],
  ['move it', 'update audit_head set number = 0'],
  ['switch off what guards it', 'alter table audit disable trigger all'],
  ['replace how it is made', 'drop function chain_audit cascade'],
  ['read which migrations there were', 'select * from migrations'],
  ['forget one', 'delete from migrations'],
  ['make a table', 'create table mine (id int)'],
  ['remove one', 'drop table people'],
  ['empty a table whole', 'truncate log'],
]

test.each(REFUSED)('the api may not %s', async (_, statement) => {
  await expect(harness.sql.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
})

test('the api may add an entry and read it', async () => {
  const { number } = await note()
  const [entry] = await harness.sql`select number, action, hash from audit where number = ${number}`
  expect(entry).toEqual({ number, action: 'test', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
})

test('a trigger of the log on another table does not move its head', async () => {
  await expect(
    harness.sql.begin(async (sql) => {
      await sql`create temporary table copy (like audit)`
      await sql`
        create trigger chain before insert on copy for each row execute function chain_audit()`
    }),
  ).rejects.toMatchObject({ code: '42501' })
})

test('even the owner of the tables cannot change an entry by mistake', async () => {
  for (const statement of [
    `update audit set action = 'x'`,
    'delete from audit',
    'truncate audit',
  ]) {
    await expect(harness.owner.unsafe(statement)).rejects.toThrow('audit is not changed')
  }
})

test('the api gets its rights on tables of later migrations at the next start', async () => {
  await harness.owner.unsafe(`
    create unlogged table later (id bigint generated always as identity, at timestamptz);
    create table serial_later (id serial);
    create view later_view as select id from later;
    create function later_count() returns bigint language sql return (select count(*) from later);
    revoke execute on function later_count() from public`)
  const use = async () =>
    harness.sql.begin(async (sql) => {
      await sql`insert into later (at) values (now())`
      await sql`insert into serial_later default values`
      return sql`select later_count() as count, (select count(*) from later_view) as seen`
    })
  await expect(use()).rejects.toMatchObject({ code: '42501' })
  await prepareDatabase(harness.ctx.config.databaseUrl)
  expect([...(await use())]).toEqual([{ count: 1, seen: 1 }])
  expect(await refusedBy(harness.sql`update audit set action = 'x'`)).toBe('42501')
})

test('an ordinary database user that may create roles is enough', async () => {
  const database = await createDatabase()
  const url = await ownedBy(database.url, 'createrole')
  await Promise.all([prepareDatabase(url), prepareDatabase(url), prepareDatabase(url)])
  const api = connect(url, { applicationName: 'test', maxConnections: 1 })
  expect(await api`select role from people`).toEqual([])
  expect(await refusedBy(api`delete from audit`)).toBe('42501')
  await api.end()
  await database.drop()
})

test('without the right to create roles the error says what to run, once', async () => {
  const database = await createDatabase()
  const url = await ownedBy(database.url, 'nocreaterole')
  const refused = await prepareDatabase(url).then(
    () => '',
    (error: unknown) => String(error),
  )
  expect(refused).toContain('Run this once as an administrator of Postgres: create role ')
  await as(database.url, refused.split('Postgres: ')[1]!)
  await prepareDatabase(url)
  await database.drop()
})

async function note(): Promise<{ number: number }> {
  const [entry] = await harness.sql<{ number: number }[]>`
    insert into audit (action, target) values ('test', '{}') returning number`
  return entry!
}

async function refusedBy(query: PromiseLike<unknown>): Promise<unknown> {
  return query.then(
    () => undefined,
    (error: unknown) => (error as { code?: unknown }).code,
  )
}

async function as(url: string, statements: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  await sql.unsafe(statements)
  await sql.end()
}

/** A database user as a hosting company gives one: owner of the database, and no superuser. */
async function ownedBy(databaseUrl: string, attribute: string): Promise<string> {
  const url = new URL(databaseUrl)
  const name = url.pathname.slice(1)
  await as(
    inject('postgresUrl'),
    `create role ${name} login password 'password' ${attribute}; alter database ${name} owner to ${name}`,
  )
  url.username = name
  return url.href
}
