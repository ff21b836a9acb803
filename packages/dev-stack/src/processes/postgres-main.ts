import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { failed, readOptions, ready, whenToldToStop } from '../child-side.ts'
import { runnableBinaries } from '../postgres-binaries.ts'
import { postgresUser, type PostgresUser } from '../postgres-user.ts'

/** Runs one Postgres, as a process of its own, because it has to outlive the api that drains into it. */
const options = readOptions<{ dataDir: string; port: number; settings?: string[] }>()
const PASSWORD = 'password'
/** A file that every data folder has. */
const MARK = 'PG_VERSION'
const READY = 'database system is ready to accept connections'
const SETTINGS = ['listen_addresses=localhost', 'unix_socket_directories=', 'max_connections=200']

let running: ChildProcess | undefined
// Before anything else, because a Ctrl-C may come during the setup.
whenToldToStop(stop)

try {
  const user = postgresUser()
  const binaries = await runnableBinaries(user)
  if (!existsSync(join(options.dataDir, MARK))) await initialise(binaries, user)
  await start(binaries, user)
  ready({ url: `postgres://postgres:${PASSWORD}@localhost:${options.port}/postgres` })
} catch (error) {
  failed(error)
}

/** Created elsewhere and moved when complete, because half a data folder looks like a whole one. */
async function initialise(binaries: string, user: PostgresUser | undefined): Promise<void> {
  const onItsOwnDisk = isMounted(options.dataDir)
  const staging = onItsOwnDisk ? join(options.dataDir, 'new') : `${options.dataDir}.new`
  const dataDir = join(staging, 'data')
  rmSync(staging, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const passwordFile = join(staging, 'password')
  writeFileSync(passwordFile, PASSWORD, { mode: 0o600 })
  const owned = [staging, dataDir, passwordFile, ...(onItsOwnDisk ? [options.dataDir] : [])]
  if (user) for (const path of owned) chownSync(path, user.uid, user.gid)
  chmodSync(staging, 0o700)

  const initdb = launch(join(binaries, 'bin/initdb'), dataDir, user, [
    `--pgdata=${seenFrom(dataDir, user)}`,
    '--auth=password',
    '--username=postgres',
    '--pwfile=../password',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ])
  const [code] = (await once(initdb, 'close')) as [number | null]
  if (code !== 0) throw new Error(`initdb ended (${code})`)
  if (onItsOwnDisk) moveInto(options.dataDir, dataDir)
  else {
    // An empty folder may be replaced; a folder with anything in it is not ours.
    if (existsSync(options.dataDir)) rmdirSync(options.dataDir)
    renameSync(dataDir, options.dataDir)
  }
  rmSync(staging, { recursive: true, force: true })
}

/** Whether a disk is mounted at this very folder, which then cannot be renamed or replaced. */
function isMounted(folder: string): boolean {
  return existsSync(folder) && statSync(folder).dev !== statSync(dirname(folder)).dev
}

/** File by file, and last the one that marks a data folder. */
function moveInto(folder: string, made: string): void {
  chmodSync(folder, 0o700)
  const names = readdirSync(made).filter((name) => name !== MARK)
  for (const name of [...names, MARK]) renameSync(join(made, name), join(folder, name))
}

async function start(binaries: string, user: PostgresUser | undefined): Promise<void> {
  const { dataDir, port, settings = [] } = options
  const server = launch(join(binaries, 'bin/postgres'), dataDir, user, [
    '-D',
    seenFrom(dataDir, user),
    '-p',
    String(port),
    ...[...SETTINGS, ...settings].flatMap((setting) => ['-c', setting]),
  ])
  // When the server exits, as it does when its disk is full, this process exits too.
  server.once('close', () => process.exit(1))
  await new Promise<void>((resolve) => {
    server.stderr.on('data', (chunk: Buffer) => {
      if (chunk.includes(READY)) resolve()
    })
  })
}

function launch(binary: string, dataDir: string, user: PostgresUser | undefined, args: string[]) {
  // English and ISO dates, whatever the machine's locale, because the output is parsed.
  const env = { ...process.env, LC_ALL: 'C' }
  const child = spawn(binary, args, {
    cwd: dataDir,
    env,
    ...user,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.pipe(process.stderr, { end: false })
  child.stderr.pipe(process.stderr, { end: false })
  running = child
  return child
}

/**
 * The path by which Postgres finds its data. As another user it may be unable to reach the folder by its path, through
 * a private home. But a process changes to its working folder before it becomes that user (libuv, uv_spawn), and
 * proc_pid_cwd(5) leads there without passing through the folders above.
 */
function seenFrom(dataDir: string, user: PostgresUser | undefined): string {
  return user && process.platform === 'linux' ? '/proc/self/cwd' : dataDir
}

/** SIGINT is Postgres' fast shutdown; initdb removes what it has begun. */
async function stop(): Promise<void> {
  if (!running || running.exitCode !== null || running.signalCode !== null) return
  const child = running
  child.removeAllListeners('close')
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  await ended
}
