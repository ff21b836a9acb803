import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql, TransactionSql } from './connection.ts'
import { isConflict } from './write-errors.ts'

const FOLDER = join(import.meta.dirname, 'migrations')
/** The lock for changing tables and their grants. */
export const MIGRATION_LOCK = 7_203_112_001

const ATTEMPTS = 10

interface Migration {
  name: string
  text: string
  checksum: string
}

/** Applies the migrations that are missing; several instances may start at once, and earlier ones may be serving. */
export async function migrate(sql: Sql): Promise<void> {
  for (const migration of await readMigrations()) await apply(sql, migration)
}

/**
 * A migration locks whole tables, one after the other, while requests hold some and want others. When they have waited for
 * each other in a circle and it was the migration that Postgres ended, it is applied again.
 */
async function apply(sql: Sql, migration: Migration, attempt = 1): Promise<void> {
  try {
    await sql.begin(async (tx) => {
      await tx`set local statement_timeout = 0`
      await tx`select pg_advisory_xact_lock(${MIGRATION_LOCK})`
      await applyOnce(tx, migration)
    })
  } catch (error) {
    if (attempt >= ATTEMPTS || !isConflict(error)) throw error
    await apply(sql, migration, attempt + 1)
  }
}

async function applyOnce(tx: TransactionSql, { name, text, checksum }: Migration): Promise<void> {
  await tx`
    create table if not exists migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`
  const [applied] = await tx<{ checksum: string }[]>`
    select checksum from migrations where name = ${name}`
  if (applied?.checksum === checksum) return
  if (applied) throw new Error(`Migration ${name} was edited after it had been applied`)
  await tx.unsafe(text)
  await tx`insert into migrations (name, checksum) values (${name}, ${checksum})`
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(FOLDER, name), 'utf8')
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}
