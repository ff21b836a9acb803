import { plainText } from '@conclave/shared/markup.plain'
import { startStack, type Stack } from '@conclave/dev-stack/stack'
import type { Page } from '@playwright/test'
import { composer, messages, openRoom, sees, signIn } from './actions.ts'
import { expect, test } from './fixtures.ts'
import { GIVE_UP } from './give-up.ts'
import { BIDI_TABLE } from './hostile/bidi.table.ts'
import { startCanary, type Canary } from './hostile/canary.ts'
import { contentProblems, unisolated } from './hostile/inspect.ts'
import { linkTable } from './hostile/links.table.ts'
import { messageShapes, roomShapes, type Place } from './hostile/layout-shapes.ts'
import { openWatched, runAsMarkup, type Watch } from './hostile/watch.ts'
import { makeHostileWorld, PLAIN, type HostileWorld } from './hostile/world.ts'
import { xssTable } from './hostile/xss.table.ts'
import { LONG_TABLE, ZALGO_TABLE } from './hostile/zalgo.table.ts'
import { DESK, PHONE } from './window-size.ts'

/** A team of hostile names, in a separate stack, so that General of the other tests stays as it is. */
let stack: Stack
let canary: Canary
let world: HostileWorld
let rows: string[]

/** Alice's browsers: one with the policy, and one with only our own code to protect it. */
let looks: { on: Watch; off: Watch }

test.beforeAll(async ({ browser }) => {
  test.setTimeout(GIVE_UP.setUpMs)
  canary = await startCanary()
  stack = await startStack({ web: 'built', ports: 'free', seed: true })
  rows = [...xssTable(canary.url), ...BIDI_TABLE, ...ZALGO_TABLE]
  world = await makeHostileWorld(stack, rows, BIDI_TABLE)
  looks = {
    on: await openWatched(browser, { policy: 'on' }),
    off: await openWatched(browser, { policy: 'off' }),
  }
  for (const { page } of Object.values(looks)) await signIn(page, stack, 'alice')
})
test.afterAll(async () => {
  for (const { context } of Object.values(looks)) await context.close()
  await stack.close()
  await canary.close()
})

test('the tables are dangerous: as markup they run, and ask the canary', async ({ browser }) => {
  const watch = await openWatched(browser, { policy: 'on' })
  await runAsMarkup(watch, canary.url, xssTable(canary.url))
  await expect.poll(() => watch.executions.length).toBeGreaterThan(30)
  await expect.poll(() => new Set(canary.requests).size).toBeGreaterThan(15)
  await watch.context.close()
  canary.requests.length = 0
})

for (const policy of ['on', 'off'] as const) {
  test(`with the policy ${policy}, names, rooms, topics and messages are text, each in its place`, async () => {
    test.setTimeout(GIVE_UP.longTestMs)
    const { page } = looks[policy]
    await openRoom(page, 'General')
    for (const size of [DESK, PHONE]) {
      await page.setViewportSize(size)
      const shapes = await messageShapes(page)
      expect(shapes.map(({ text }) => text)).toEqual(expect.arrayContaining(rows.map(asShown)))
      expect(unlikeTwin(shapes)).toEqual([])
      await expectCalm(page)
    }
    await page.setViewportSize(DESK)
    expect(unlikeTwin(await roomShapes(page))).toEqual([])
    for (const room of world.rooms.filter(({ topic }) => topic !== '')) {
      // Its row need not be mounted; the address is all that the page needs.
      await page.evaluate((path) => {
        history.pushState(null, '', path)
        dispatchEvent(new PopStateEvent('popstate'))
      }, `/rooms/${room.id}`)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(room.name)
      await expect(page.locator('header')).toContainText(room.topic)
      // However long the topic is, it takes no space from the name.
      expect(
        await page
          .getByRole('heading', { level: 1 })
          .evaluate((h1) => h1.scrollWidth - h1.clientWidth),
      ).toBe(0)
      await expectCalm(page)
    }
    await expectNothingRan(looks[policy])
  })
}

test('whoever reacted, chips and names are inert, in their place and on the screen', async () => {
  test.setTimeout(120_000)
  for (const watch of [looks.on, looks.off]) {
    const { page } = watch
    await page.setViewportSize(DESK)
    await openRoom(page, 'General')
    const row = messages(page).getByRole('article').filter({ hasText: world.reactedByAll })
    for (const size of [DESK, PHONE]) {
      await page.setViewportSize(size)
      // It is the last message, and the room opens at the first unread one.
      await expect(async () => {
        await messages(page).evaluate((pane) => pane.scrollTo(0, pane.scrollHeight))
        await expect(row).toBeInViewport({ timeout: 500 })
      }).toPass()
      const chip = row.getByRole('button', { name: 'reacted with 🎉' })
      // Each emoji has its own sentence, and no name turns or hides the words after it.
      for (const sentence of await sentences(page)) expect(sentence).toMatch(SENTENCE)
      await composer(page).hover()
      await chip.hover()
      const names = page.locator('[aria-hidden=true]', { hasText: /reacted with 🎉$/ }).last()
      await expect(names).toBeInViewport({ ratio: 1 })
      await expect(names).toContainText('w'.repeat(80))
      await expect.poll(async () => namesIn(await names.textContent())).toBeGreaterThan(50)
      expect(await names.textContent()).toMatch(SENTENCE)
      expect(await names.locator('*').count()).toBe(0)
      await expectCalm(page)
    }
    await expectNothingRan(watch)
  }
})

test('what is announced keeps a hostile name apart from the words beside it', async () => {
  const { page } = looks.on
  await page.setViewportSize(DESK)
  await openRoom(page, 'General')
  // Whoever reads far above the end is told how much is below, and not what.
  await messages(page).press('End')
  await expect(messages(page).getByText(world.reactedByAll)).toBeInViewport()
  const live = page.locator('[aria-live=polite].sr-only')
  for (const name of ['\u202Egnp.exe', ZALGO_TABLE[0]!, 'w'.repeat(80)]) {
    await world.say(name, PLAIN)
    await expect(live.locator('bdi').first()).toHaveText(name)
    await expect(live.locator('p')).toHaveCount(1)
    await expectCalm(page)
  }
  await expectNothingRan(looks.on)
})

test('a link leads where it says, and to the web or a mailbox only', async () => {
  const { page } = looks.off
  const table = linkTable(canary.url)
  const room = await world.roomWith(
    'Addresses',
    table.map(([written]) => written),
  )
  // So low that only some of them are mounted at once.
  await page.setViewportSize({ width: 1280, height: 300 })
  await page.goto(`${stack.web}/rooms/${room.id}`)
  await expect(messages(page).getByRole('article')).not.toHaveCount(0)
  const shown = await messageShapes(page)
  expect(shown.map(({ links }) => links)).toEqual(table.map(([, href]) => (href ? [href] : [])))
  expect(shown.flatMap(({ hosts }) => hosts)).toEqual(
    table.flatMap(([, href]) => (href?.startsWith('http') ? [new URL(href).host] : [])),
  )
  await expectCalm(page)
  await expectNothingRan(looks.off)
})

test('invisible text cannot be sent, and visible text keeps its joiners', async () => {
  const { page } = looks.on
  const name = 'علی\u200cرضا'
  const room = await world.roomWith(name, [PLAIN])
  await page.goto(`${stack.web}/rooms/${room.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  const send = page.getByRole('button', { name: 'Send' })
  for (const unseen of ['\u2800', '\u200b', ' \n\u3164', '\ufe0f', '\u0301']) {
    await composer(page).fill(unseen)
    await composer(page).press('Enter')
    await expect(send).toBeDisabled()
    await expect(composer(page)).toHaveValue(unseen)
  }
  await composer(page).fill('ශ්\u200dරී')
  await expect(send).toBeEnabled()
  await composer(page).press('Enter')
  await sees(page, 'ශ්\u200dරී')
  await expect(messages(page).getByRole('article')).toHaveCount(2)
  await expectNothingRan(looks.on)
})

test('text taller than its line does not cover its neighbours', async () => {
  const tower = ZALGO_TABLE.slice(0, 5).join(' ')
  const { page } = looks.on
  await page.setViewportSize(DESK)
  async function neighbours(name: string, between: string): Promise<Buffer[]> {
    const room = await world.roomWith(name, [
      'Before all',
      'The line above',
      between,
      'The line below',
    ])
    await page.goto(`${stack.web}/rooms/${room.id}`)
    return pictures(page)
  }
  const plain = await neighbours('Flat', 'Plain words')
  const towering = await neighbours('Towers', tower)
  expect(towering[0]?.equals(plain[0] ?? Buffer.of())).toBe(true)
  expect(towering[1]?.equals(plain[1] ?? Buffer.of())).toBe(true)

  // Without the clipping the picture is different, so the comparison would notice.
  await page.evaluate(() => {
    for (const text of document.querySelectorAll<HTMLElement>('.written'))
      text.style.overflow = 'visible'
  })
  expect((await pictures(page))[1]?.equals(plain[1] ?? Buffer.of())).toBe(false)
})

test('the longest messages stay within their column', async () => {
  const room = await world.roomWith('Long', [...LONG_TABLE, PLAIN])
  const { page } = looks.on
  await page.goto(`${stack.web}/rooms/${room.id}`)
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size)
    // All of them: the list mounts what is far from the screen only as it comes near.
    let shapes: Place[] = []
    await expect(async () => {
      shapes = await messageShapes(page)
      expect(shapes).toHaveLength(LONG_TABLE.length + 1)
    }).toPass()
    expect(shapes.map(({ shape }) => shape['all within the pane'])).not.toContain('false')
    await expectCalm(page)
  }
  await expectNothingRan(looks.on)
})

test('these checks notice the faults they look for', async () => {
  const { page } = looks.off
  // On a phone the list of rooms is not beside a room.
  await page.setViewportSize(DESK)
  await openRoom(page, 'General')
  await page.evaluate(() => {
    for (const text of document.querySelectorAll<HTMLElement>('bdi'))
      text.style.unicodeBidi = 'normal'
  })
  // Of the rooms and messages, those that are mounted.
  expect((await unisolated(page, rows)).length).toBeGreaterThanOrEqual(20)
  await page.evaluate(() => {
    const bold = document.createElement('b')
    bold.setAttribute('onclick', '')
    document.querySelector('bdi')?.append(bold)
    document.querySelector('#root')?.append(document.createElement('iframe'))
  })
  expect(await contentProblems(page)).toHaveLength(3)
  expect(unlikeTwin(await roomShapes(page))).toEqual([])
  // A rule, because rows are mounted again on the way through the list.
  await page.addStyleTag({ content: 'nav bdi { white-space: pre-wrap !important }' })
  expect(unlikeTwin(await roomShapes(page))).not.toEqual([])
})

/** Words of ours after names that leave no direction open: what could turn is inside isolates. */
const SENTENCE =
  /^(?:[^\u202A-\u202E\u2066-\u2069]|\u2068[^\u202A-\u202E\u2066-\u2069]*\u2069)+ reacted with \p{RGI_Emoji}$/v

/** What each chip says to a screen reader. */
async function sentences(page: Page): Promise<string[]> {
  const chips = messages(page).locator('button[aria-pressed] .sr-only')
  await expect(chips).not.toHaveCount(0)
  return chips.allTextContents()
}

function namesIn(sentence: string | null): number {
  return sentence?.split(', ').length ?? 0
}

async function expectCalm(page: Page): Promise<void> {
  // A label that floats is put in its place once it is there.
  await expect.poll(async () => contentProblems(page)).toEqual([])
  const topics = world.rooms.map(({ topic }) => topic).filter((topic) => topic !== '')
  expect(await unisolated(page, [...rows, ...topics])).toEqual([])
}

/** Rows whose layout differs from the plain one: something in them moved, grew or turned what is beside it. */
function unlikeTwin(places: Place[]): unknown[] {
  const twin = places.find(({ text }) => text === PLAIN)
  if (!twin) throw new Error('the plain twin is not there')
  return places
    .filter(({ text }) => rows.includes(text))
    .filter(({ shape }) => JSON.stringify(shape) !== JSON.stringify(twin.shape))
    .map(({ text, shape }) => ({ text, shape, instead: twin.shape }))
}

async function pictures(page: Page): Promise<Buffer[]> {
  await page.mouse.move(0, 0)
  const shots: Buffer[] = []
  for (const text of ['The line above', 'The line below']) {
    shots.push(await messages(page).getByText(text, { exact: true }).screenshot())
  }
  return shots
}

async function expectNothingRan(watch: Watch): Promise<void> {
  expect(watch.executions).toEqual([])
  expect(watch.dialogs).toEqual([])
  expect(watch.violations).toEqual([])
  expect(canary.requests).toEqual([])
  expect(await watch.page.title()).not.toContain('own()')
}

/** A row as a message shows it: without its markup, and with the host that a named link leads to. */
function asShown(row: string): string {
  const hosts = [...row.matchAll(/\]\(https?:\/\/([^/)]+)/g)].map(([, host]) => ` (${host})`)
  return plainText(row, String) + hosts.join('')
}
