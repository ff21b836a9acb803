import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startStack, type Stack } from '@conclave/dev-stack/stack'
import { postMessage } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import { addMember } from '@conclave/shared/members'
import { moveRead } from '@conclave/shared/rooms'
import { createRoom } from '@conclave/shared/rooms.create'
import { v7 as uuidv7 } from 'uuid'
import { callAs } from '../api-client.ts'
import { NotHere, type Browser, type Tab } from './browser.ts'
import { dayOf, type LongRoom } from './day.ts'
import { startFirefox } from './firefox.ts'
import { startWebKit } from './webkit.ts'

/**
 * `pnpm e2e:browsers`: a day's use in the installed Firefox and WebKit. A browser that is not installed is reported and
 * fails nothing.
 */
const PICTURES = fileURLToPath(new URL('../.cache/browsers/', import.meta.url))
const MESSAGES = 450
const BROWSERS = { firefox: startFirefox, webkit: startWebKit }
// As in production, where the tenant is on another site than the web.
const STACK = { web: 'built', ports: 'free', seed: true, tenantOnAnotherSite: true } as const

const { values } = parseArgs({ options: { only: { type: 'string' } } })
rmSync(PICTURES, { recursive: true, force: true })
mkdirSync(PICTURES, { recursive: true })

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

let tried = 0
let failures = 0
for (const [name, start] of Object.entries(BROWSERS)) {
  if (values.only && values.only !== name) continue
  try {
    const browser = await start()
    tried += 1
    failures += await spendDay(browser).finally(() => browser.close())
  } catch (error) {
    if (!(error instanceof NotHere)) throw error
    print(`${name}: skipped, ${error.message}.`)
  }
}
if (tried === 0) print('No browser is installed.')
else print(failures === 0 ? 'No step failed.' : `${failures} failed; pictures are in ${PICTURES}`)
process.exit(failures === 0 ? 0 : 1)

async function spendDay(browser: Browser): Promise<number> {
  print(`${browser.name} ${browser.version}`)
  const stack = await startStack(STACK)
  try {
    const room = await makeLongRoom(stack)
    const tab = await browser.newTab()
    let failed = 0
    for (const [index, { what, go }] of dayOf(
      { browser, stack, person: 'alice', room },
      tab,
    ).entries()) {
      const startedAt = performance.now()
      const problem = await go().then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      )
      await keepPicture(tab, `${browser.name.toLowerCase()}-${String(index + 1).padStart(2, '0')}`)
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
      print(
        `  ${problem === undefined ? 'ok    ' : 'FAILED'} ${what} (${seconds} s)${problem ? `: ${problem}` : ''}`,
      )
      if (problem !== undefined) failed += 1
      // Without this, the other steps would fail one by one, half a minute each.
      if (problem !== undefined && index === 0) break
    }
    return failed
  } finally {
    await stack.close()
  }
}

/** A separate room, so that no other test's first view has this many messages. */
async function makeLongRoom(stack: Stack): Promise<LongRoom> {
  const [asCarol, asAlice] = [await callAs(stack, 'carol'), await callAs(stack, 'alice')]
  const room = await asCarol(createRoom, { body: { kind: 'closed', name: 'Archive' } })
  const inRoom = { params: { roomId: room.id } }
  const { id: personId } = await asAlice(getMe, {})
  await asCarol(addMember, { ...inRoom, body: { personId } })
  const texts = Array.from(
    { length: MESSAGES },
    (_, index) => `Message ${index + 1} of ${MESSAGES}.`,
  )
  for (const text of texts) await asAlice(postMessage, { ...inRoom, body: { id: uuidv7(), text } })
  await asAlice(moveRead, { ...inRoom, body: { seq: texts.length } })
  return { name: 'Archive', first: texts[0] ?? '', last: texts.at(-1) ?? '' }
}

async function keepPicture(tab: Tab, name: string): Promise<void> {
  const picture = await tab.picture().catch(() => undefined)
  if (picture) writeFileSync(join(PICTURES, `${name}.png`), picture)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
