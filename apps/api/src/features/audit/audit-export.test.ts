import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createRoom } from '@conclave/shared/rooms.create'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditOf } from '../../../test/data-audit.ts'
import { arrive, type Colleague } from '../../../test/data-people.ts'
import { NOWHERE, roomOf } from '../../../test/data-rooms.ts'
import type { Instance } from '../../../test/instance.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

const SCRIPTS = join(import.meta.dirname, '../../../../../scripts')
const ACTS = 60
/** Entries that are there from the beginning. */
const SOME = 12

let harness: Harness
let second: Instance
let alice: Colleague
let token: string
let folder: string

beforeAll(async () => {
  harness = await startHarness()
  second = await harness.another()
  const [one] = await arrive(harness, ['alice'])
  alice = one!
  token = (await harness.as('alice@example.com')).token
  for (let nth = 0; nth < SOME; nth += 1) await roomOf(alice, 'closed')
  folder = await mkdtemp(join(tmpdir(), 'audit-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await harness.close()
})

test('the acts and refusals of two concurrent apis are one unbroken chain', async () => {
  const { length: before } = await auditOf(harness)
  const other = await second.as('alice@example.com')
  const work = Array.from({ length: ACTS }, async (_, nth) => {
    const body = { kind: 'closed', name: `Room ${nth}` } as const
    await (nth % 2 === 0 ? alice : other).call(createRoom, { body })
    await alice.send('GET', `/v1/rooms/${NOWHERE}`)
  })
  await Promise.all(work)
  const all = before + 2 * ACTS
  await expect.poll(async () => (await auditOf(harness)).length).toBe(all)
  const { code, said } = await verify(await exported())
  expect(said).toMatch(new RegExp(`^${all} entries, each as it was written`))
  expect(code).toBe(0)
})

test('an export agrees with the log of the api, and one that was shortened does not', async () => {
  const file = await exported()
  const log = join(folder, 'api.log')
  await writeFile(log, harness.log.text() + second.log.text())
  expect(await verify(await exported(), log)).toMatchObject({ code: 0 })
  const lines = (await readFile(file, 'utf8')).split('\n').slice(0, 10)
  await writeFile(file, `${lines.join('\n')}\n`)
  expect(await verify(file)).toMatchObject({ code: 0 })
  const shortened = await verify(file, log)
  expect(shortened.code).toBe(1)
  expect(shortened.said).toMatch(/^Not as it was written: entries 11 to \d+ are missing\./)
})

test('changes by the owner of the tables are found and named', async () => {
  await tamper(`update audit set line = replace(line, 'room.created', 'room.deleted')
    where number = (select min(number) from audit where action = 'room.created' and number > 5)`)
  const altered = (await auditOf(harness)).find(({ action }) => action === 'room.deleted')
  const { code, said } = await verify(await exported())
  expect(code).toBe(1)
  expect(said).toContain(`entry ${altered?.number} was altered: its text.`)
  await tamper(`update audit set line = replace(line, 'room.deleted', 'room.created')`)
  expect(await verify(await exported())).toMatchObject({ code: 0 })
  await tamper('create table aside as select * from audit where number = 5')
  await tamper('delete from audit where number = 5')
  expect((await verify(await exported())).said).toContain('entry 5 is missing.')
  await tamper('insert into audit select * from aside')
  expect(await verify(await exported())).toMatchObject({ code: 0 })
})

test('only who may read the log exports it', async () => {
  const [mallory] = await arrive(harness, ['mallory'])
  expect((await mallory!.send('GET', '/v1/admin/audit')).status).toBe(403)
  const stranger = (await harness.as('mallory@example.com')).token
  const file = join(folder, 'mallory.txt')
  const { code, said } = await runScript('audit-export.ts', [harness.url, file], stranger)
  expect(code).toBe(1)
  expect(said).toContain('403')
})

/** An attacker with the rights of the tables' owner, who also disables the triggers. */
async function tamper(statement: string): Promise<void> {
  await harness.owner.unsafe(`
    alter table audit disable trigger user;
    ${statement};
    alter table audit enable trigger user`)
}

async function exported(): Promise<string> {
  const file = join(folder, 'audit.txt')
  const { code, said } = await runScript('audit-export.ts', [harness.url, file], token)
  expect(said).toMatch(/^\d+ entries\n$/)
  expect(code).toBe(0)
  return file
}

async function verify(...files: string[]) {
  return runScript('audit-verify.ts', files)
}

async function runScript(script: string, args: string[], token = '') {
  const child = spawn(process.execPath, [join(SCRIPTS, script), ...args], {
    env: { CONCLAVE_TOKEN: token },
  })
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number]>,
  ])
  return { code, said: out + err }
}
