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
  const bySub = database.prepare('SELECT * FROM people WHERE sub = ?')
  const byEmail = database.prepare('SELECT * FROM people WHERE email = ?')
  const seeded = database.prepare('SELECT * FROM people WHERE seeded = 1 ORDER BY rowid')
  const everyone = database.prepare('SELECT permissions FROM people')
  const insert = database.prepare(
    `INSERT INTO people (sub, email, name, password, emailVerified, permissions, seeded, updatedAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (email) DO NOTHING`,
  )
  const setBlocked = database.prepare('UPDATE people SET blocked = ? WHERE sub = ?')
  const blocked = database.prepare('SELECT * FROM people WHERE blocked = 1 ORDER BY rowid')
  const remove = database.prepare('DELETE FROM people WHERE sub = ?')

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

    /** Every permission anyone holds: what the API knows as its scopes. */
    permissions(): string[] {
      return [...new Set(everyone.all().flatMap((row) => words(row['permissions'])))]
    },

    async authenticate(email: string, password: string): Promise<Account | undefined> {
      const row = byEmail.get(email.trim())
      if (!row) return undefined
      if (!(await passwordMatches(password, String(row['password'])))) return undefined
      return accountFrom(row)
    },

    async create(person: NewAccount): Promise<Account | undefined> {
      const email = person.email.trim()
      const sub = `auth0|${randomBytes(12).toString('hex')}`
      const hash = await hashPassword(person.password)
      const verified = Number(person.emailVerified)
      insert.run(sub, email, person.name.trim(), hash, verified, '', 0, new Date().toISOString())
      return this.find(sub)
    },

    /** Adds whoever is missing, so that a restart keeps what happened to the others. */
    async seed(people: readonly SeedPerson[]): Promise<void> {
      const missing = people.filter((person) => !byEmail.get(person.email))
      // A crowd shares one password; hashing it a thousand times would take as many times longer.
      const passwords = new Set(missing.map(({ password }) => password))
      const hashes = new Map(
        await Promise.all(
          [...passwords].map(async (word) => [word, await hashPassword(word)] as const),
        ),
      )
      for (const person of missing) {
        const verified = Number(person.emailVerified ?? true)
        const permissions = (person.permissions ?? []).join(' ')
        const hash = hashes.get(person.password) ?? ''
        const { email, name } = person
        insert.run(
          seededSub(email),
          email,
          name,
          hash,
          verified,
          permissions,
          1,
          new Date().toISOString(),
        )
      }
    },

    setBlocked(account: Account, blocked: boolean): void {
      setBlocked.run(Number(blocked), account.sub)
    },

    blocked(): Account[] {
      return blocked.all().flatMap((row) => accountFrom(row) ?? [])
    },

    remove(account: Account): void {
      remove.run(account.sub)
    },
  }
}

/** The same person keeps the same id through every reset: other databases refer to it. */
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
