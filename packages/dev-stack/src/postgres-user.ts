import { execFileSync } from 'node:child_process'
import { StackError } from './stack-error.ts'

/** The user that Postgres runs as, when it cannot run as the current one. */
export interface PostgresUser {
  uid: number
  gid: number
}

const NAME = 'postgres'

/** Postgres refuses to run as root, so then it runs as the user postgres, who is created if missing. */
export function postgresUser(): PostgresUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  return userNamed(NAME) ?? makeUser()
}

function userNamed(name: string): PostgresUser | undefined {
  try {
    return { uid: idOf('-u', name), gid: idOf('-g', name) }
  } catch {
    return undefined
  }
}

function idOf(which: '-u' | '-g', name: string): number {
  return Number(execFileSync('id', [which, name], { encoding: 'utf8', stdio: 'pipe' }))
}

function makeUser(): PostgresUser {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', NAME], {
      stdio: 'pipe',
      // A plain root shell may lack /usr/sbin in its PATH.
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
    })
  } catch {
    // Another start may have created the user in the meantime.
  }
  const user = userNamed(NAME)
  if (user) return user
  throw new StackError(
    'Postgres does not run as root, and the user postgres could not be made for it: run `useradd --system postgres`, or start as another user.',
  )
}
