import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'
import { apiRole } from '../src/database/api-role-name.ts'
import { connectAsOwner } from '../src/database/connection.ts'
import { migrate } from '../src/database/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

interface Database {
  url: string
  drop(): Promise<void>
}

/** The database that others are copied from, to which all migrations were applied. */
const MIGRATED = 'migrated'

/** A fresh, empty database in the run's Postgres. */
export async function createDatabase(): Promise<Database> {
  return copyOf('template1')
}

/** A fresh database with all tables: a copy takes a fraction of the time that the migrations take. */
export async function createMigratedDatabase(): Promise<Database> {
  await withAdmin(migrateOnce)
  return copyOf(MIGRATED)
}

async function copyOf(template: string): Promise<Database> {
  const name = `test_${randomBytes(8).toString('hex')}`
  // Copying the files takes a quarter of the time that writing them to the log, page by page, takes.
  await withAdmin(async (sql) =>
    sql.unsafe(`create database ${name} template ${template} strategy file_copy`),
  )
  const url = addressOf(name)
  return {
    url,
    drop: async () =>
      withAdmin(async (sql) => {
        await sql.unsafe(`drop database ${name} with (force)`)
        await sql.unsafe(`drop role if exists ${apiRole(url)}`)
      }),
  }
}

/** Several workers may come here at once; the first does it, and the others wait. */
async function migrateOnce(sql: postgres.Sql): Promise<void> {
  await sql`select pg_advisory_lock(hashtext(${MIGRATED}))`
  const [there] = await sql`select from pg_database where datname = ${MIGRATED}`
  if (there) return
  const name = 'migrating'
  await sql.unsafe(`create database ${name}`)
  const owner = connectAsOwner(addressOf(name), {
    applicationName: 'test-template',
    maxConnections: 1,
  })
  await migrate(owner)
  await owner.end()
  await sql.unsafe(`alter database ${name} rename to ${MIGRATED}`)
}

function addressOf(name: string): string {
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return url.href
}

async function withAdmin(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(inject('postgresUrl'), { max: 1, onnotice: () => {} })
  try {
    await work(sql)
  } finally {
    await sql.end()
  }
}
