import type { Locator } from '@playwright/test'
import {
  choose,
  composer,
  createRoom,
  messages,
  openMembers,
  openRoom,
  rooms,
  say,
  sees,
  signIn,
  something,
} from './actions.ts'
import { expect, test } from './fixtures.ts'

test('the tab’s title follows the page', async ({ newPage, stack }) => {
  const page = await newPage()
  await page.goto(stack.web)
  await expect(page).toHaveTitle('Sign in · Conclave')
  await signIn(page, stack, 'alice')
  await openRoom(page, 'General')
  await expect(page).toHaveTitle(/^(\S+ )?General · Conclave$/)
  await openMembers(page)
  await expect(page).toHaveTitle(/^(\S+ )?General · Conclave$/)
  await page.getByRole('link', { name: 'Conclave' }).click()
  await expect(page).toHaveTitle(/^(\S+ )?Rooms · Conclave$/)
  await openRoom(page, 'General')
  await choose(page, 'People')
  await expect(page).toHaveTitle(/^(\S+ )?People · Conclave$/)
  await page.goBack()
  await expect(page).toHaveTitle(/^(\S+ )?General · Conclave$/)
  for (const path of ['/nowhere', '/rooms/nowhere']) {
    await page.goto(stack.web + path)
    await expect(page.getByRole('link', { name: 'Go to your rooms' })).toBeVisible()
    await expect(page).toHaveTitle(/^(\S+ )?There is .* · Conclave$/)
  }
  await openRoom(page, 'General')

  const consoleLines: string[] = []
  page.on('console', (message) => consoleLines.push(message.text()))
  await choose(page, 'Sign Out')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(page).toHaveTitle('Sign in · Conclave')
  expect(consoleLines.filter((text) => text.includes('WebSocket'))).toEqual([])
})

test('every icon that a browser asks for is there', async ({ stack }) => {
  // As it is served: while it runs, the page draws one with the count of what is unread.
  const page = await (await fetch(stack.web)).text()
  const icons = [...page.matchAll(/<link rel="[a-z -]*icon"[^>]* href="([^"]+)"/g)].map(
    ([, href = '']) => new URL(href, stack.web).href,
  )
  expect(icons).toContain(`${stack.web}/favicon.ico`)
  for (const icon of icons) {
    const answer = await fetch(icon)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching(/^image\//),
    ])
  }
})

test('in forced colours, it is visible what is open, unread or chosen', async ({ alice, bob }) => {
  await alice.emulateMedia({ forcedColors: 'active' })
  await openRoom(alice, 'Design')
  await openRoom(bob, 'General')
  await say(bob, something('Something new'))
  const general = rooms(alice).getByRole('link', { name: 'General' })
  await expect(general).toContainText('unread')
  const design = rooms(alice).getByRole('link', { name: 'Design' })
  expect(await stroke(design)).not.toBe(await stroke(general))
  const behind = await paint(alice.locator('body'))
  expect(await paint(general.locator('span.rounded-full'))).not.toBe(behind)
  expect(await paint(alice.locator('header output > span').first())).not.toBe(behind)
  for (const divider of await messages(alice).locator('h2 + span').all()) {
    expect(await paint(divider)).not.toBe(behind)
  }
})

test('in a very wide window the conversation is one centred column', async ({ alice }) => {
  await alice.setViewportSize({ width: 3840, height: 1200 })
  const text = something('In the middle')
  await say(alice, text)
  await sees(alice, text)
  const pane = await box(messages(alice))
  const field = await box(alice.locator('form:has(textarea) > div'))
  const line = await box(messages(alice).getByRole('article').last())
  const middle = pane.x + pane.width / 2
  for (const { x, width } of [field, line]) {
    expect(width).toBeLessThan(900)
    expect(Math.abs(x + width / 2 - middle)).toBeLessThan(8)
  }
  const name = await box(alice.getByRole('heading', { level: 1 }))
  expect(name.x - field.x).toBeLessThan(40)
  // The scrolling area still reaches the edge of the window.
  expect(pane.x + pane.width).toBe(3840)
})

test('a right-to-left line begins beside its author’s avatar', async ({ alice }) => {
  const texts = ['שלום לכולם', 'سلام', 'Hello']
  for (const text of texts) await say(alice, text)
  await sees(alice, texts[2] ?? '')
  const lines = await Promise.all(
    texts.map((text) => box(messages(alice).getByText(text, { exact: true }).last())),
  )
  expect(new Set(lines.map(({ x }) => x)).size).toBe(1)
  for (const { width } of lines) expect(width).toBeLessThan(150)
})

test('escape closes the members panel, and the draft is kept', async ({ alice }) => {
  await openRoom(alice, 'General')
  await composer(alice).fill('half a thought')
  const panel = await openMembers(alice)
  await alice.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(alice.getByRole('link', { name: /^\d+ members$/ })).toBeFocused()
  await expect(composer(alice)).toHaveValue('half a thought')

  await openMembers(alice)
  await composer(alice).press('Escape')
  await expect(panel).toHaveCount(0)
  await expect(composer(alice)).toBeFocused()
  await expect(composer(alice)).toHaveValue('half a thought')

  // Something open above the panel closes first, and the key belongs to an input method while it composes.
  await createRoom(alice, 'Closed', something('Escape'))
  await openMembers(alice)
  await panel.getByRole('button', { name: 'Add people' }).click()
  await expect(alice.getByRole('dialog')).toBeVisible()
  await alice.keyboard.press('Escape')
  await expect(alice.getByRole('dialog')).toHaveCount(0)
  await expect(panel.getByRole('button', { name: 'Add people' })).toBeFocused()
  await composer(alice).evaluate((field) =>
    field.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true }),
    ),
  )
  await expect(panel).toBeVisible()
  await alice.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
})

test('somebody alone in a room is shown how to bring the others in', async ({ alice, bob }) => {
  const name = something('Alone')
  await createRoom(alice, 'Closed', name)
  const start = messages(alice)
  await expect(start.getByText('Only you are here so far.')).toBeVisible()
  await openMembers(alice)
  await expect(alice.locator('header').getByRole('button', { name: 'Add people' })).toHaveCount(0)
  await alice.getByRole('button', { name: 'Leave the room' }).click()
  await expect(alice.getByRole('alertdialog')).toContainText('Nobody else is in it')
  await alice.getByRole('button', { name: 'Cancel' }).click()
  await alice.getByRole('link', { name: 'Close members' }).click()
  await start.getByRole('button', { name: 'Add people' }).click()
  // A keyboard user continues where they pressed.
  await alice.getByRole('button', { name: 'Add Bob Tanaka' }).press('Enter')
  await expect(alice.getByRole('button', { name: 'Added Bob Tanaka' })).toBeFocused()
  await alice.getByRole('button', { name: 'Done' }).click()
  await expect(start.getByText('Only you are here so far.')).toHaveCount(0)
  await openRoom(bob, name)
  // Those who may not do it are not offered it.
  await expect(bob.getByRole('link', { name: '2 members' })).toBeVisible()
  await expect(bob.getByRole('button', { name: 'Add people' })).toHaveCount(0)

  // At the top of the room the button stays, on a phone as an icon with the same name.
  await alice.setViewportSize({ width: 360, height: 740 })
  await alice.locator('header').getByRole('button', { name: 'Add people' }).click()
  await expect(alice.getByRole('button', { name: 'Add Carol Okafor' })).toBeVisible()
  await alice.getByRole('button', { name: 'Done' }).click()
  await expect(alice.locator('header').getByRole('button', { name: 'Add people' })).toBeFocused()
})

test('no button moves while the list of sessions loads', async ({ newPage, stack }) => {
  const alice = await signIn(await newPage(), stack, 'alice')
  await alice.addInitScript(() => {
    const moved: string[] = []
    Object.assign(window, { moved })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { sources = [] } = entry as { sources?: { node: Node | null }[] }
        moved.push(...sources.map(({ node }) => node?.textContent ?? ''))
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await alice.goto(`${stack.web}/sessions`)
  await expect(alice.getByRole('list', { name: 'Places' })).toBeVisible()
  const everywhere = alice.getByRole('button', { name: 'Sign out everywhere…' })
  await expect(everywhere).toBeVisible()
  await alice.evaluate(() => new Promise(requestAnimationFrame))
  const moved = await alice.evaluate(() => (window as unknown as { moved: string[] }).moved)
  expect(moved.filter((text) => text.includes('Sign out everywhere'))).toEqual([])
})

async function box(of: Locator): Promise<{ x: number; width: number }> {
  const found = await of.boundingBox()
  if (!found) throw new Error('it is not on the screen')
  return found
}

async function paint(of: Locator): Promise<string> {
  return of.evaluate((element) => getComputedStyle(element).backgroundColor)
}

async function stroke(of: Locator): Promise<string> {
  return of.evaluate((element) => getComputedStyle(element).borderInlineStartWidth)
}
