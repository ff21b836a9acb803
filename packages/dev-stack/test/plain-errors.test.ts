import { chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { claimPort, freePort } from '../src/ports.ts'
import { postgresUser } from '../src/postgres-user.ts'
import { flood } from '../src/flood/flood.ts'
import { startPostgres } from '../src/postgres.ts'
import { throwawayFolder } from '../src/throwaway-folder.ts'

const folder = throwawayFolder()
const user = postgresUser()
afterAll(folder.remove)

describe('a problem that a person can fix is one sentence', () => {
  it('a busy port is named, and a free one is taken', async () => {
    const port = await freePort()
    const server = createServer()
    await new Promise<void>((resolve) =>
      server.listen({ port, host: 'localhost' }, () => resolve()),
    )
    await expect(claimPort(port, 'the web')).rejects.toThrow(`Port ${port}, for the web, is busy`)
    await new Promise((resolve) => server.close(resolve))
    await expect(claimPort(port, 'the web')).resolves.toBe(port)
  })

  it.each([
    [Number.NaN, 'must be a whole number'],
    [0, 'must be a whole number'],
    [70_000, 'must be a whole number'],
  ])('port %s is none', async (port, sentence) => {
    await expect(claimPort(port, 'the web')).rejects.toThrow(sentence)
  })

  it('a folder that cannot be written is named', async () => {
    const file = join(folder.path, 'a-file')
    writeFileSync(file, '')
    await expect(startPostgres({ dataDir: join(file, 'postgres') })).rejects.toThrow(
      /cannot be written: give yourself permission/,
    )
  })

  it('data of another Postgres is named with both versions', async () => {
    const old = join(folder.path, 'old')
    mkdirSync(old)
    if (user) chownSync(old, user.uid, user.gid)
    writeFileSync(join(old, 'PG_VERSION'), '17\n')
    await expect(startPostgres({ dataDir: old })).rejects.toThrow(
      /made by Postgres 17, and this is Postgres 18/,
    )
  })

  it('data in use by another process is refused with its process id, and data left by a crash is not', async () => {
    const dataDir = join(folder.path, 'used')
    const first = await startPostgres({ dataDir })
    await expect(startPostgres({ dataDir })).rejects.toThrow(/still uses .*used \(process \d+\)/)
    await first.child.kill()
    const second = await startPostgres({ dataDir })
    await second.child.stop()
  })

  it('an interrupted setup is set up again', async () => {
    const dataDir = join(folder.path, 'half')
    mkdirSync(join(`${dataDir}.new`, 'data'), { recursive: true })
    writeFileSync(join(`${dataDir}.new`, 'data', 'PG_VERSION'), '18\n')
    const whole = await startPostgres({ dataDir })
    await whole.child.stop()
    expect(existsSync(`${dataDir}.new`)).toBe(false)
  })

  it('a broken data folder asks for a reset, and a sound one starts', async () => {
    const broken = join(folder.path, 'broken')
    mkdirSync(broken)
    if (user) chownSync(broken, user.uid, user.gid)
    writeFileSync(join(broken, 'PG_VERSION'), 'not a version')
    await expect(startPostgres({ dataDir: broken })).rejects.toThrow(/pnpm reset/)
    const sound = await startPostgres({ dataDir: join(folder.path, 'sound') })
    expect(sound.url).toMatch(/^postgres:/)
    await sound.child.stop()
  })

  it('a database that does not answer is named when somebody fills it', async () => {
    const database = 'postgres://localhost:1/nowhere'
    await expect(flood({ database, size: 'small' })).rejects.toThrow(
      /^No database can be filled at that address: .*ECONNREFUSED/,
    )
  })
})
