import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDatabase } from '../../test/database.ts'
import { startDatabaseProxy, type DatabaseProxy } from '../../test/database-proxy.ts'
import { connectAsOwner, type Sql } from './connection.ts'

const SETTLED_MS = 6_000
/** From the greeting to the response of the first query, and some more. */
const MOMENTS = 7

let database: Awaited<ReturnType<typeof createDatabase>>
const unawaited: unknown[] = []

beforeEach(() => {
  unawaited.length = 0
})
beforeAll(async () => {
  process.on('unhandledRejection', note)
  database = await createDatabase()
})
afterAll(async () => {
  process.off('unhandledRejection', note)
  await database.drop()
})

function note(error: unknown): void {
  unawaited.push(error)
}

const ENDINGS = ['closed', 'reset'] as const
const MOMENTS_AND_ENDINGS = Array.from({ length: MOMENTS }, (_, pieces) =>
  ENDINGS.map((ending) => [pieces, ending] as const),
).flat()

test.each(MOMENTS_AND_ENDINGS)(
  'a database that goes away after %i packets (%s) fails the waiting queries, and no others',
  async (pieces, ending) => {
    await using proxy = await startDatabaseProxy(database.url)
    const sql = pool(proxy)
    const gone = proxy.goAwayAfter(pieces, ending)
    const work = Array.from({ length: 2 }, async () => useAllWays(sql))
    // What is left to do until the proxy has counted so many.
    const more = untilGone(sql, gone)
    expect(await settled([...work, more])).toBe(true)
    expect(await failureOf(sql)).toMatch(/^(ECONN|CONNECTION_|EPIPE)/)

    await proxy.comeBack()
    await expect.poll(async () => failureOf(sql), { timeout: SETTLED_MS }).toBeUndefined()
    await sql.end()
    expect(unawaited).toEqual([])
  },
)

test('a proxy that accepts and closes connections counts as an unreachable database', async () => {
  await using proxy = await startDatabaseProxy(database.url)
  const sql = pool(proxy)
  proxy.behave('accepting')
  expect(await failureOf(sql)).toBe('CONNECTION_CLOSED')
  proxy.behave('well')
  await expect.poll(async () => failureOf(sql)).toBeUndefined()
  await sql.end()
  expect(unawaited).toEqual([])
})

test('a connection to a silent server is closed, and another is opened', async () => {
  await using proxy = await startDatabaseProxy(database.url)
  const sql = pool(proxy, { answerTimeoutSeconds: 0.3 })
  expect(await failureOf(sql)).toBeUndefined()
  proxy.behave('silent')
  const lost = await Promise.all([
    failureOf(sql),
    sql.begin(async (tx) => tx`select 1`).catch(({ code }: { code: string }) => code),
  ])
  expect(lost).toEqual(['CONNECTION_SILENT', expect.stringMatching(/^CONNECTION_/)])
  const before = proxy.opened()
  proxy.behave('well')
  await expect.poll(async () => failureOf(sql)).toBeUndefined()
  expect(proxy.opened()).toBeGreaterThan(before)
  await sql.end()
})

test('a pool with a lost query can be closed', async () => {
  await using proxy = await startDatabaseProxy(database.url)
  for (const ending of ENDINGS) {
    const sql = pool(proxy)
    const closed = sql`select pg_sleep(60)`.then(
      () => undefined,
      // At once, before the socket has said that it is closed.
      async () => sql.end(),
    )
    await expect.poll(isAsleep).toBe(true)
    await proxy.goAway(ending)
    expect(await settled([closed])).toBe(true)
    await proxy.comeBack()
  }
})

test('a slow server within the timeout is waited for', async () => {
  await using proxy = await startDatabaseProxy(database.url)
  const sql = pool(proxy, { answerTimeoutSeconds: 1 })
  expect(await failureOf(sql)).toBeUndefined()
  // Longer than the timeout, without any query in the meantime.
  await sql.begin(async (tx) => {
    await tx`select pg_sleep(0.6)`
    await tx`select pg_sleep(0.6)`
  })
  expect(proxy.opened()).toBeLessThanOrEqual(3)
  await sql.end()
})

function pool({ url }: DatabaseProxy, options: { answerTimeoutSeconds?: number } = {}): Sql {
  return connectAsOwner(url, { applicationName: 'test', maxConnections: 3, ...options })
}

async function isAsleep(): Promise<boolean> {
  const sql = connectAsOwner(database.url, { applicationName: 'test', maxConnections: 1 })
  const rows = await sql`
    select from pg_stat_activity
    where datname = current_database() and wait_event = 'PgSleep'`
  await sql.end()
  return rows.length > 0
}

async function useAllWays(sql: Sql): Promise<void> {
  await Promise.allSettled([
    sql`select ${[1, 2]}::int[]`,
    sql`select 1`,
    sql.begin(async (tx) => {
      await tx`select ${['a']}::text[]`
      await tx`select 2`
    }),
    // The second is sent before the first fails, and awaited after it.
    sql.begin(async (tx) => Promise.all([tx`select 1`, tx`select 2`])),
  ])
}

async function untilGone(sql: Sql, gone: Promise<void>): Promise<void> {
  const isOver = gone.then(() => true)
  while (!(await Promise.race([isOver, useAllWays(sql).then(() => false)])));
}

async function failureOf(sql: Sql): Promise<string | undefined> {
  return sql`select ${[1, 2]}::int[]`.then(
    () => undefined,
    ({ code }: { code?: string }) => code ?? 'no code',
  )
}

async function settled(work: Promise<unknown>[]): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(() => resolve(false), SETTLED_MS)
  const done = Promise.allSettled(work).then(() => true)
  const outcome = await Promise.race([done, late])
  clearTimeout(timer)
  return outcome
}
