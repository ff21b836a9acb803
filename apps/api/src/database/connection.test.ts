import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import { connectAsOwner, type Sql, type TransactionSql } from './connection.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
let sql: Sql
let admin: Sql

beforeAll(async () => {
  database = await createDatabase()
  // One connection, so that whoever comes next gets the one that was lost.
  sql = connectAsOwner(database.url, { applicationName: 'test', maxConnections: 1 })
  admin = connectAsOwner(database.url, { applicationName: 'test-admin', maxConnections: 1 })
  await admin`create table said (text text)`
})
afterEach(async () => admin`truncate said`)
afterAll(async () => {
  await Promise.all([sql.end(), admin.end()])
  await database.drop()
})

test('a transaction whose connection is lost fails, and no other query does', async () => {
  for (let time = 1; time <= 10; time += 1) {
    const transaction = sql.begin(async (tx) => {
      await loseConnection(tx)
      await tx`insert into said values ('never')`
    })
    await expect(transaction).rejects.toThrow()
    await expect.poll(answers, { interval: 5 }).toBe(true)
  }
  expect(await admin`table said`).toEqual([])
})

test('a query whose connection is lost fails, and the next succeeds', async () => {
  for (let time = 1; time <= 10; time += 1) {
    const [mine] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
    const asleep = expect(sql`select pg_sleep(60)`).rejects.toThrow()
    await expect
      .poll(
        async () =>
          admin`select 1 from pg_stat_activity where pid = ${mine?.pid ?? 0} and wait_event = 'PgSleep'`,
      )
      .toHaveLength(1)
    await admin`select pg_terminate_backend(${mine?.pid ?? 0})`
    await asleep
    await expect.poll(answers, { interval: 5 }).toBe(true)
  }
})

test('an answer of a lost transaction does not reach the next one', async () => {
  const gate = Promise.withResolvers<void>()
  const late = Promise.withResolvers<unknown>()
  const lost = sql.begin(async (tx) => {
    await loseConnection(tx)
    await gate.promise
    await tx`insert into said values ('too late')`.catch(late.resolve)
  })
  await expect(lost).rejects.toThrow()
  await sql.begin(async (tx) => {
    await tx`insert into said values ('first')`
    gate.resolve()
    expect(await late.promise).toBeInstanceOf(Error)
    await tx`insert into said values ('second')`
  })
  expect(await admin`table said`).toEqual([{ text: 'first' }, { text: 'second' }])
})

/** The first may still meet the connection that is ending. */
async function answers(): Promise<boolean> {
  return sql`select 1`.then(
    () => true,
    () => false,
  )
}

async function loseConnection(tx: TransactionSql): Promise<void> {
  const [mine] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
  await admin`select pg_terminate_backend(${mine?.pid ?? 0}, 5000)`
}
