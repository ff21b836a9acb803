import { execFileSync } from 'node:child_process'
import { StackError } from './stack-error.ts'

/** Who Postgres runs as, where it may not run as us. */
export interface PostgresUser {
  uid: number
  gid: number
}

const NAME = 'postgres'

/** Postgres refuses to run as root: there it runs as the user postgres, who is made where there is none. */
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
      // A plain shell of root may lack the folders of the tools for it.
      env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` },
    })
  } catch {
    // Another start may have been faster.
  }
  const user = userNamed(NAME)
  if (user) return user
  throw new StackError(
    'Postgres does not run as root, and the user postgres could not be made for it: run `useradd --system postgres`, or start as another user.',
  )
}
