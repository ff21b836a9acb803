import { listRooms } from '@conclave/shared/rooms'
import { createRoom } from '@conclave/shared/rooms.create'
import { listMessages, postMessage } from '@conclave/shared/messages'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import postgres from 'postgres'
import { outcomeOf } from '../../test/data-people.ts'
import { GENERAL } from '../../test/data-rooms.ts'
import { createDatabase } from '../../test/database.ts'
import { startDatabaseProxy } from '../../test/database-proxy.ts'
import { startHarness, type Harness } from '../../test/harness.ts'
import { send } from '../../test/raw-request.ts'
import { checkServer } from './check-server.ts'
import { prepareDatabase } from './prepare.ts'

let harness: Harness
let name: string

beforeAll(async () => {
  harness = await startHarness()
  name = new URL(harness.ctx.config.databaseUrl).pathname.slice(1)
  // The people arrive before anything is odd.
  await harness.as('alice@example.com').then(async ({ call }) => call(listRooms, {}))
})
afterAll(async () => harness.close())

const ODD = [
  `DateStyle = 'German'`,
  `IntervalStyle = 'sql_standard'`,
  `TimeZone = 'Pacific/Kiritimati'`,
  `bytea_output = 'escape'`,
  `extra_float_digits = '-15'`,
  `standard_conforming_strings = 'off'`,
  `transform_null_equals = 'on'`,
  `array_nulls = 'off'`,
  `search_path = 'nowhere'`,
  `default_transaction_isolation = 'serializable'`,
  `synchronous_commit = 'off'`,
  `lock_timeout = '1ms'`,
  `statement_timeout = '1ms'`,
  `transaction_timeout = '1ms'`,
  `idle_session_timeout = '10ms'`,
  `client_encoding = 'LATIN1'`,
  `exit_on_error = 'on'`,
  `plan_cache_mode = 'force_custom_plan'`,
]

test('the api overrides the database’s own settings where it relies on them', async () => {
  for (const setting of ODD) await asAdmin(`alter database ${name} set ${setting}`)
  const odd = await harness.another()
  const { call } = await odd.as('alice@example.com')
  const text = 'Żółć — ça va?'
  const message = await call(postMessage, { params: { roomId: GENERAL }, body: { id: v7(), text } })
  expect(message).toMatchObject({ text, createdAt: expect.stringMatching(/^\d{4}-.*Z$/) })
  expect(Math.abs(Date.parse(message.createdAt) - Date.now())).toBeLessThan(60_000)
  await call(createRoom, { body: { kind: 'closed', name: 'Odd' } })
  expect((await call(listRooms, {})).rooms.map(({ name: of }) => of)).toContain('Odd')
  expect((await send(`${odd.url}/readyz`)).status).toBe(200)
  const [held] = await odd.ctx.sql`
    select current_setting('synchronous_commit') as commit,
      current_setting('default_transaction_isolation') as isolation`
  expect(held).toEqual({ commit: 'on', isolation: 'read committed' })
  await asAdmin(`alter database ${name} reset all`)
})

test('a start on a database that allows statements 1 ms is no different', async () => {
  await asAdmin(`alter database ${name} set statement_timeout = '1ms'`)
  // The first statement of a connection takes longer than that, and always one of those of many at once.
  const starts = Array.from({ length: 20 }, async () => checkServer(harness.ctx.config.databaseUrl))
  const outcomes = await Promise.allSettled(starts)
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
  await asAdmin(`alter database ${name} reset all`)
})

test('a read-only database is reported, and afterwards the same api writes', async () => {
  const api = await harness.another()
  const { call } = await api.as('alice@example.com')
  const post = async () =>
    call(postMessage, { params: { roomId: GENERAL }, body: { id: v7(), text: 'hello' } }).then(
      () => 'stored',
      ({ slug }: { slug: string }) => slug,
    )
  expect(await post()).toBe('stored')

  await asAdmin(`alter database ${name} set default_transaction_read_only = on`)
  await endConnections()
  await expect.poll(post).toBe('unavailable')
  await expect.poll(async () => readinessOf(api.url)).toEqual([503, { up: false, writable: false }])

  await asAdmin(`alter database ${name} reset default_transaction_read_only`)
  await expect.poll(async () => readinessOf(api.url)).toEqual([200, { up: true, writable: true }])
  expect(await post()).toBe('stored')
})

test('a connection whose server becomes read-only is closed, and the next one writes', async () => {
  const { sql } = harness.ctx
  const turned = sql.begin(async (tx) => {
    await tx`select set_config('default_transaction_read_only', 'on', false)`
    await tx`set transaction read only`
    await tx`update rooms set rev = rev`
  })
  await expect(turned).rejects.toMatchObject({ code: '25006' })
  // Every connection of the pool, and the one that has turned is not among them.
  const answers = Array.from({ length: 30 }, async () => sql`update rooms set rev = rev`)
  expect((await Promise.allSettled(answers)).map(({ status }) => status)).not.toContain('rejected')
})

test.each([
  [
    'a table',
    'alter table memberships rename to others',
    'alter table others rename to memberships',
  ],
  [
    'a column',
    'alter table messages rename text to words',
    'alter table messages rename words to text',
  ],
  [
    'a function',
    'alter function refusal_of rename to verdict_on',
    'alter function verdict_on rename to refusal_of',
  ],
])(
  'what needs %s that a later release has taken away is answered with 503',
  async (_, to, back) => {
    const { call } = await harness.as('alice@example.com')
    const read = async () =>
      outcomeOf(call(listMessages, { params: { roomId: GENERAL }, query: {} }))
    expect(await read()).toBe('done')
    await harness.owner.unsafe(to)
    expect(await read()).toBe('unavailable')
    await harness.owner.unsafe(back)
    expect(await read()).toBe('done')
  },
)

test('a start on a server that is too old fails, and says what is needed', async () => {
  const database = await createDatabase()
  await using proxy = await startDatabaseProxy(database.url, (said) =>
    said.replaceAll('1800', '1500').replaceAll(/18\.(\d)/g, '15.$1'),
  )
  await expect(prepareDatabase(proxy.url)).rejects.toThrow(
    /^The database is Postgres 15\.\d+.*needs 18 or later: upgrade it/,
  )
  await database.drop()
})

test('a start on a database without UTF8 says how to create one with it', async () => {
  const database = await createDatabase()
  const other = `${new URL(database.url).pathname.slice(1)}_ascii`
  await asAdmin(
    `create database ${other} encoding 'SQL_ASCII' template template0 locale_provider libc locale 'C'`,
  )
  const url = new URL(database.url)
  url.pathname = `/${other}`
  await expect(prepareDatabase(url.href)).rejects.toThrow(/SQL_ASCII.*UTF8.*create database/)
  await asAdmin(`drop database ${other} with (force)`)
  await database.drop()
})

test.each([
  [`default_transaction_read_only = on`, /^The database is read-only.*start again once it is off$/],
  [`session_replication_role = replica`, /^Triggers do not fire.*Reset it/],
])('a start where %s is refused in a sentence, and nothing was changed', async (setting, words) => {
  const database = await createDatabase()
  const of = new URL(database.url).pathname.slice(1)
  await asAdmin(`alter database ${of} set ${setting}`)
  await expect(prepareDatabase(database.url)).rejects.toThrow(words)
  await asAdmin(`alter database ${of} reset all`)
  expect(await tablesOf(database.url)).toBe(0)
  await prepareDatabase(database.url)
  await database.drop()
})

async function readinessOf(url: string): Promise<unknown> {
  const { status, body } = await send(`${url}/readyz`)
  const { up, writable } = (JSON.parse(body) as { database: Record<string, unknown> }).database
  return [status, { up, writable }]
}

async function endConnections(): Promise<void> {
  await asAdmin(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
     where datname = '${name}' and application_name like 'conclave-%'`,
  )
}

async function tablesOf(url: string): Promise<number> {
  const sql = postgres(url, { max: 1 })
  const rows = await sql`select from pg_tables where schemaname = 'public'`
  await sql.end()
  return rows.length
}

async function asAdmin(statement: string): Promise<void> {
  const sql = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} })
  await sql.unsafe(statement)
  await sql.end()
}
