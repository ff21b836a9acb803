import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { claimPort, freePort } from '../src/ports.ts'
import { startPostgres } from '../src/postgres.ts'
import { throwawayFolder } from '../src/throwaway-folder.ts'

const folder = throwawayFolder()
afterAll(folder.remove)

describe('what a person can mend is said in one sentence', () => {
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

  it('a folder that cannot be written is named', async () => {
    const file = join(folder.path, 'a-file')
    writeFileSync(file, '')
    await expect(startPostgres({ dataDir: join(file, 'postgres') })).rejects.toThrow(
      /cannot be written: give yourself permission/,
    )
  })

  it('a broken data folder asks for a reset, and a sound one starts', async () => {
    const broken = join(folder.path, 'broken')
    mkdirSync(broken)
    writeFileSync(join(broken, 'PG_VERSION'), 'not a version')
    await expect(startPostgres({ dataDir: broken })).rejects.toThrow(/pnpm reset/)
    const sound = await startPostgres({ dataDir: join(folder.path, 'sound') })
    expect(sound.url).toMatch(/^postgres:/)
    await sound.child.stop()
  })
})
