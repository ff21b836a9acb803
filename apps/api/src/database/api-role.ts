import type { Sql, TransactionSql } from './connection.ts'

/** The database user may not create the role; the message has the statement that an administrator runs once. */
class ApiRoleMissing extends Error {
  override readonly name = 'ApiRoleMissing'
}

/** Creates the role if it is missing, and lets the owner of the tables become it. */
export async function ensureApiRole(owner: TransactionSql, role: string): Promise<void> {
  if (await mayBecome(owner, role)) return
  try {
    await owner.savepoint(async (sql) => {
      const exists = await sql`select from pg_roles where rolname = ${role}`
      if (exists.length === 0) await sql`create role ${sql(role)} nologin`
      await sql`grant ${sql(role)} to current_user with inherit false, set true`
    })
  } catch (error) {
    if ((error as { code?: unknown }).code !== INSUFFICIENT_PRIVILEGE) throw error
    throw await missing(owner, role)
  }
}

/** A proxy that drops the role from the startup packet would leave the api with the owner's rights. */
export async function checkApiRole(sql: Sql, role: string): Promise<void> {
  const [session] = await sql<{ user: string }[]>`select current_user as user`
  if (session?.user === role) return
  throw new Error(`Connections to the database do not start with the role ${role}`)
}

const INSUFFICIENT_PRIVILEGE = '42501'

async function mayBecome(owner: TransactionSql, role: string): Promise<boolean> {
  const [found] = await owner<{ may: boolean }[]>`
    select pg_has_role(oid, 'set') as may from pg_roles where rolname = ${role}`
  return found?.may ?? false
}

async function missing(owner: TransactionSql, role: string): Promise<ApiRoleMissing> {
  const [statement] = await owner<{ text: string }[]>`
    select format(
      'create role %1$I nologin; grant %1$I to %2$I with inherit false, set true;',
      ${role}::text, current_user
    ) as text`
  return new ApiRoleMissing(
    `The user of DATABASE_URL may not make the role the api works under. ` +
      `Run this once as an administrator of Postgres: ${statement?.text}`,
  )
}
