import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { runnableBinaries } from '../src/postgres-binaries.ts'
import { postgresUser } from '../src/postgres-user.ts'
import { startPostgres } from '../src/postgres.ts'
import { throwawayFolder } from '../src/throwaway-folder.ts'

const user = postgresUser()
const folder = throwawayFolder()
afterAll(folder.remove)

describe('a checkout in a folder that only its owner can enter, as the home of root on Debian', () => {
  it('has its data there, and Postgres reads and writes it', async () => {
    const dataDir = join(privateFolder('data'), 'postgres')
    for (const round of ['made', 'found again']) {
      const started = await startPostgres({ dataDir })
      const sql = postgres(started.url, { max: 1, onnotice: () => undefined })
      await sql`create table if not exists said (text text)`
      await sql`insert into said values (${round})`
      expect((await sql`select from said`).length).toBe(round === 'made' ? 1 : 2)
      await sql.end()
      await started.child.stop()
    }
    expect(statSync(dataDir).uid).toBe(user?.uid ?? process.getuid?.())
  })

  it('has its data on a disk that is mounted at just that folder', async () => {
    const dataDir = join(privateFolder('mounted'), 'postgres')
    mkdirSync(dataDir)
    const unmount = mounted(dataDir)
    try {
      const started = await startPostgres({ dataDir })
      const sql = postgres(started.url, { max: 1, onnotice: () => undefined })
      expect((await sql`select 1`).length).toBe(1)
      await sql.end()
      await started.child.stop()
      expect(readdirSync(dataDir)).toContain('PG_VERSION')
      expect(readdirSync(dataDir)).not.toContain('new')
    } finally {
      unmount()
    }
  })

  it('refuses a data folder with other contents, and leaves them alone', async () => {
    const dataDir = join(privateFolder('taken'), 'postgres')
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'thesis.txt'), 'three years')
    await expect(startPostgres({ dataDir })).rejects.toThrow(/pass --data with another folder/)
    expect(readFileSync(join(dataDir, 'thesis.txt'), 'utf8')).toBe('three years')
  })

  it('has its programs copied once to where the user postgres can run them', async () => {
    const installed = join(privateFolder('programs'), 'native')
    cpSync(await runnableBinaries(user), installed, { recursive: true, verbatimSymlinks: true })
    const place = placeFor('copies')
    const found = await runnableBinaries(user, { installed, places: [place] })
    // Only root runs them as another user; the owner of the folder runs them in place.
    expect(found.startsWith(user ? place : installed)).toBe(true)
    expect(await runnableBinaries(user, { installed, places: [place] })).toBe(found)
    const version = execFileSync(join(found, 'bin/postgres'), ['--version'], { cwd: '/', ...user })
    expect(String(version)).toContain('PostgreSQL) 18')
  })

  it('does not run what somebody else put where the copy goes', async () => {
    if (!user) return expect(await runnableBinaries(user)).toContain('native')
    const installed = join(privateFolder('beside'), 'native')
    cpSync(await runnableBinaries(user), installed, { recursive: true, verbatimSymlinks: true })
    const copy = await runnableBinaries(user, { installed, places: [placeFor('honest')] })
    const name = copy.split('/').at(-1) ?? ''

    const owned = join(placeFor('owned'), name)
    cpSync(copy, owned, { recursive: true, verbatimSymlinks: true })
    chownSync(owned, user.uid, user.gid)
    const writable = join(placeFor('writable'), name)
    cpSync(copy, writable, { recursive: true, verbatimSymlinks: true })
    chmodSync(writable, 0o777)
    symlinkSync(copy, join(placeFor('linked'), name))
    const open = placeFor('open')
    chmodSync(open, 0o777)
    const hostile = ['owned', 'writable', 'linked', 'open'].map((place) => join(folder.path, place))
    await expect(runnableBinaries(user, { installed, places: hostile })).rejects.toThrow(
      /cannot reach/,
    )
    // Anybody may write to /tmp, but nobody may rename root's files there.
    chmodSync(open, 0o1777)
    expect(await runnableBinaries(user, { installed, places: hostile })).toBe(join(open, name))
  })
})

function privateFolder(name: string): string {
  const path = join(folder.path, name)
  mkdirSync(path, { mode: 0o700 })
  return path
}

function placeFor(name: string): string {
  const path = join(folder.path, name)
  mkdirSync(path)
  chmodSync(path, 0o755)
  return path
}

/** Mounts a disk at a folder if this user may; otherwise leaves the folder as it is. */
function mounted(path: string): () => void {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', path], { stdio: 'ignore' })
    return () => void execFileSync('umount', ['-l', path])
  } catch {
    return () => undefined
  }
}
