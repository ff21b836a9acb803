import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const CACHE = fileURLToPath(new URL('../.cache/previous/', import.meta.url))
/** The release whose builds are cached; changed with each release, and nowhere else. */
const RELEASE = new URL('release.json', import.meta.url)
// Without its tests, and without anything that one of our test runners would take for one.
const WITHOUT_TESTS = [':(exclude,glob)**/*.test.*', ':(exclude,glob)**/*.e2e.ts']
const IS_COMMIT = /^[0-9a-f]{40}$/
const APPS = ['@conclave/web...', '@conclave/api...']

/** A checkout of the previous release with its builds, or the reason why this machine has none. */
export type PreviousRelease = { checkout: string } | { missing: string }

/** The previous release, built once from this repository's history and cached by its commit. */
export async function previousRelease(): Promise<PreviousRelease> {
  const { commit } = JSON.parse(readFileSync(RELEASE, 'utf8')) as { commit: string }
  const checkout = join(CACHE, commit)
  if (existsSync(checkout)) return { checkout }
  if (!(await isInHistory(commit)))
    return { missing: `This clone has no history back to the previous release, ${commit}.` }
  mkdirSync(CACHE, { recursive: true })
  // Built in a separate folder until it is complete, so that an interrupted run leaves nothing that looks built.
  const building = join(CACHE, `building-${process.pid}`)
  try {
    await take(commit, building)
    if (!(await install(building)))
      return { missing: 'The packages of the previous release are not on this machine.' }
    for (const app of ['web', 'api']) await build(join(building, 'apps', app))
    forgetOthers()
    renameSync(building, checkout)
  } catch (error) {
    // Another run was faster.
    if (!existsSync(checkout)) throw error
  } finally {
    rmSync(building, { recursive: true, force: true })
  }
  return { checkout }
}

async function isInHistory(commit: string): Promise<boolean> {
  return succeeds(run('git', ['cat-file', '-e', `${commit}^{commit}`], ROOT))
}

async function take(commit: string, folder: string): Promise<void> {
  mkdirSync(folder)
  const archive = join(folder, 'release.tar')
  await run('git', ['archive', '-o', archive, commit, '--', '.', ...WITHOUT_TESTS], ROOT)
  await run('tar', ['-xf', archive], folder)
  rmSync(archive)
}

/** From this machine's cache, else from the registry. */
async function install(folder: string): Promise<boolean> {
  const args = ['install', '--frozen-lockfile', '--ignore-scripts']
  const only = APPS.flatMap((app) => ['--filter', app])
  return (
    (await succeeds(pnpm([...args, ...only, '--offline'], folder))) ||
    succeeds(pnpm([...args, ...only], folder))
  )
}

async function pnpm(args: string[], folder: string): Promise<unknown> {
  return run('pnpm', args, folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return run('npx', ['--yes', 'pnpm@12', ...args], folder)
  })
}

async function build(app: string): Promise<void> {
  await run(process.execPath, [join(app, 'node_modules/vite/bin/vite.js'), 'build'], app)
}

function forgetOthers(): void {
  for (const name of readdirSync(CACHE).filter((name) => IS_COMMIT.test(name)))
    rmSync(join(CACHE, name), { recursive: true, force: true })
}

async function run(command: string, args: string[], cwd: string): Promise<unknown> {
  return promisify(execFile)(command, args, { cwd, env: { ...process.env, NODE_ENV: '' } })
}

async function succeeds(running: Promise<unknown>): Promise<boolean> {
  return running.then(
    () => true,
    () => false,
  )
}
