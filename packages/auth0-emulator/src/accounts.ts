import { createHash, randomBytes } from 'node:crypto'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { SeedPerson } from './options.ts'
import { hashPassword, passwordMatches } from './passwords.ts'

export interface Account {
  sub: string
  name: string
  email: string
  emailVerified: boolean
  permissions: string[]
  seeded: boolean
  blocked: boolean
  updatedAt: string
}

export interface NewAccount {
  name: string
  email: string
  password: string
  emailVerified: boolean
}

export type Accounts = ReturnType<typeof openAccounts>

export function openAccounts(database: DatabaseSync) {
  const statements = prepareStatements(database)
  return { ...readsOf(statements), ...writesOf(statements) }
}

type Statements = ReturnType<typeof prepareStatements>

function prepareStatements(database: DatabaseSync) {
  return {
    bySub: database.prepare('SELECT * FROM people WHERE sub = ?'),
    byEmail: database.prepare('SELECT * FROM people WHERE email = ?'),
    seeded: database.prepare('SELECT * FROM people WHERE seeded = 1 ORDER BY rowid'),
    blocked: database.prepare('SELECT * FROM people WHERE blocked = 1 ORDER BY rowid'),
    permissions: database.prepare('SELECT permissions FROM people'),
    insert: database.prepare(
      `INSERT INTO people (sub, email, name, password, emailVerified, permissions, seeded, updatedAt)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (email) DO NOTHING`,
    ),
    setBlocked: database.prepare('UPDATE people SET blocked = ? WHERE sub = ?'),
    remove: database.prepare('DELETE FROM people WHERE sub = ?'),
  }
}

function readsOf({ bySub, byEmail, seeded, blocked, permissions }: Statements) {
  return {
    find(sub: string): Account | undefined {
      return accountFrom(bySub.get(sub))
    },

    findByEmail(email: string): Account | undefined {
      return accountFrom(byEmail.get(email.trim()))
    },

    seeded(): Account[] {
      return seeded.all().flatMap((row) => accountFrom(row) ?? [])
    },

    blocked(): Account[] {
      return blocked.all().flatMap((row) => accountFrom(row) ?? [])
    },

    /** Every permission that anyone has: the API's scopes. */
    permissions(): string[] {
      return [...new Set(permissions.all().flatMap((row) => words(row['permissions'])))]
    },

    async authenticate(email: string, password: string): Promise<Account | undefined> {
      const row = byEmail.get(email.trim())
      if (!row) return undefined
      if (!(await passwordMatches(password, String(row['password'])))) return undefined
      return accountFrom(row)
    },
  }
}

function writesOf({ bySub, byEmail, insert, ...statements }: Statements) {
  return {
    async create(person: NewAccount): Promise<Account | undefined> {
      const email = person.email.trim()
      const sub = `auth0|${randomBytes(12).toString('hex')}`
      const hash = await hashPassword(person.password)
      const verified = Number(person.emailVerified)
      insert.run(sub, email, person.name.trim(), hash, verified, '', 0, new Date().toISOString())
      return accountFrom(bySub.get(sub))
    },

    /** Adds only the people who are missing, so that a restart keeps what happened to the others. */
    async seed(people: readonly SeedPerson[]): Promise<void> {
      const missing = people.filter((person) => !byEmail.get(person.email))
      const hashes = await hashEach(missing.map(({ password }) => password))
      for (const person of missing) {
        const { email, name } = person
        const hash = hashes.get(person.password) ?? ''
        const verified = Number(person.emailVerified ?? true)
        const permissions = (person.permissions ?? []).join(' ')
        const updatedAt = new Date().toISOString()
        insert.run(seededSub(email), email, name, hash, verified, permissions, 1, updatedAt)
      }
    },

    setBlocked(account: Account, blocked: boolean): void {
      statements.setBlocked.run(Number(blocked), account.sub)
    },

    remove(account: Account): void {
      statements.remove.run(account.sub)
    },
  }
}

/** Hashes each password once: a thousand seeded people may share one, and hashing is slow. */
async function hashEach(passwords: readonly string[]): Promise<Map<string, string>> {
  const distinct = [...new Set(passwords)]
  return new Map(
    await Promise.all(
      distinct.map(async (password) => [password, await hashPassword(password)] as const),
    ),
  )
}

/** A seeded person keeps their id through every reset, because other databases refer to it. */
function seededSub(email: string): string {
  const digest = createHash('sha256').update(email.toLowerCase()).digest('hex')
  return `auth0|${digest.slice(0, 24)}`
}

function accountFrom(row: Record<string, SQLOutputValue> | undefined): Account | undefined {
  if (!row) return undefined
  return {
    sub: String(row['sub']),
    name: String(row['name']),
    email: String(row['email']),
    emailVerified: Boolean(row['emailVerified']),
    permissions: words(row['permissions']),
    seeded: Boolean(row['seeded']),
    blocked: Boolean(row['blocked']),
    updatedAt: String(row['updatedAt']),
  }
}

function words(value: SQLOutputValue | undefined): string[] {
  return String(value ?? '')
    .split(' ')
    .filter(Boolean)
}
