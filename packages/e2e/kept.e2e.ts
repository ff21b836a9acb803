import type { Stack } from '@conclave/dev-stack/stack'
import type { Page } from '@playwright/test'
import {
  choose,
  composer,
  createRoom,
  fillSignIn,
  messages,
  openRoom,
  say,
  sees,
  seesInOrder,
  signIn,
  something,
  unsent,
  waitUntilLive,
} from './actions.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { tenant } from './tenant-dashboard.ts'

test.use({ pages: 'own' })

test('what alice wrote before her session ended is never bob’s, and is sent when she is back', async ({
  newPage,
  stack,
}) => {
  const page = await newPage()
  await page.clock.install()
  await signIn(page, stack, 'alice')
  await openRoom(page, 'General')
  const [sent, draft] = [something('Sent too late'), something('Not finished')]
  await page.context().setOffline(true)
  await say(page, sent)
  await composer(page).fill(draft)
  await tenant(stack, 'end-sessions', { email: 'alice@example.com' })
  await page.clock.fastForward('05:01')
  await page.context().setOffline(false)
  await expect(page.getByText('Your session has ended')).toBeVisible()

  await signInHere(page, stack, 'bob')
  await openRoom(page, 'General')
  await expect(composer(page)).toHaveValue('')
  const own = something('Bob is here')
  await say(page, own)
  await sees(page, own)
  await expect(messages(page).getByText(sent)).toHaveCount(0)
  await choose(page, 'Sign Out')

  await signInHere(page, stack, 'alice')
  await openRoom(page, 'General')
  await sees(page, sent)
  await expect(page.getByRole('article', { name: 'Alice' }).getByText(sent)).toBeVisible()
  await expect(composer(page)).toHaveValue(draft)
  await page.reload()
  await seesInOrder(page, [own, sent])
  await choose(page, 'Sign Out')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(await keptBy(page)).toEqual([])
})

test('L4: messages waiting for the api survive a reload in order, and another tab leaves them alone', async ({
  alice,
  bob,
  stack,
}) => {
  await openRoom(alice, 'General')
  const second = await alice.context().newPage()
  await second.goto(alice.url())
  await waitUntilLive(second)
  const texts = [something('Before the reload'), something('And before it'), something('After it')]
  await stack.killApi()
  for (const text of texts.slice(0, 2)) await say(alice, text)
  await alice.reload()
  await stack.startApi()
  await say(alice, texts[2] ?? '')
  await seesInOrder(bob, texts)
  await seesInOrder(alice, texts)
  await seesInOrder(second, texts)
})

test('L4: messages waiting in a closed tab are sent from the one that is still open', async ({
  alice,
  bob,
  stack,
}) => {
  await openRoom(alice, 'General')
  const second = await alice.context().newPage()
  await second.goto(alice.url())
  await waitUntilLive(second)
  const texts = [something('Said in a closed tab'), something('And this')]
  await stack.killApi()
  for (const text of texts) await say(second, text)
  await second.close()
  await stack.startApi()
  await seesInOrder(bob, texts)
  await seesInOrder(alice, texts)
})

test('L4: what waits in the only tab outlives its crash, and goes out once, in order, before what is written next', async ({
  alice,
  bob,
  stack,
}) => {
  await openRoom(alice, 'General')
  await openRoom(bob, 'General')
  const texts = [something('Said before the crash'), something('And this'), something('Said after')]
  await stack.killApi()
  for (const text of texts.slice(0, 2)) await say(alice, text)
  await expect(unsent(alice)).toHaveCount(2)
  const next = await alice.context().newPage()
  await crash(alice)
  await stack.startApi()
  await next.goto(stack.web)
  await openRoom(next, 'General')
  await say(next, texts[2] ?? '')
  await seesInOrder(bob, texts)
  await seesInOrder(next, texts)
})

test('K1 L4: what waits to be sent can be read as well as what is sent, whatever is in it', async ({
  alice,
}) => {
  await createRoom(alice, 'Closed', something('Read'))
  await expect(messages(alice).getByText('This is the beginning')).toBeVisible()
  await alice.context().setOffline(true)
  await say(alice, '> a quote\n\n**bold**, `code`, www.example.org\n\n```\na block\n```')
  await expect(unsent(alice)).toHaveCount(1)
  expect(await violations(alice)).toEqual([])
  await alice.context().setOffline(false)
  await expect(unsent(alice)).toHaveCount(0)
  expect(await violations(alice)).toEqual([])
})

test('L4: what waits in one tab is sent by another that was opened meanwhile, once that one is closed', async ({
  alice,
  bob,
  stack,
}) => {
  await openRoom(alice, 'General')
  await openRoom(bob, 'General')
  const second = await alice.context().newPage()
  const texts = [
    something('Waits in the first tab'),
    something('And waits'),
    something('In the second'),
  ]
  await alice.context().setOffline(true)
  for (const text of texts.slice(0, 2)) await say(alice, text)
  await expect(unsent(alice)).toHaveCount(2)
  await alice.context().setOffline(false)
  await stack.killApi()
  await second.goto(alice.url())
  await expect(second.getByRole('alert')).toContainText('Conclave could not start yet')
  await alice.close()
  await stack.startApi()
  await say(second, texts[2] ?? '')
  await seesInOrder(bob, texts)
  await seesInOrder(second, texts)
})

/** Ends the page’s process, without any of the events by which a page learns that it ends. */
async function crash(page: Page): Promise<void> {
  const gone = page.waitForEvent('crash')
  page.goto('chrome://crash').catch(() => undefined)
  await gone
}

test('a tab of alice’s does not become bob’s when he signs in in another tab', async ({
  newPage,
  bob,
  stack,
}) => {
  const page = await newPage()
  await page.clock.install()
  await signIn(page, stack, 'alice')
  await openRoom(page, 'General')
  const text = something('Alice wrote this')
  await page.context().setOffline(true)
  await say(page, text)
  await tenant(stack, 'end-sessions', { email: 'alice@example.com' })
  // The tenant has one session for each browser: from now on it is his.
  await page.context().addCookies(await tenantCookies(bob, stack))
  await page.clock.fastForward('05:01')
  await page.context().setOffline(false)
  await expect(
    page.getByText(/^(Your session has ended|Somebody else has signed in here)$/),
  ).toBeVisible()
  await openRoom(bob, 'General')
  await expect(messages(bob).getByText(text)).toHaveCount(0)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByLabel('Password').or(composer(page))).toBeVisible()
  await expect(messages(bob).getByText(text)).toHaveCount(0)
})

test('with the browser’s storage full, drafts survive changing rooms, and nobody waits without end', async ({
  alice,
}) => {
  await openRoom(alice, 'General')
  await fillStorage(alice)
  const draft = something('Nowhere to put it')
  await composer(alice).fill(draft)
  await openRoom(alice, 'Design')
  await expect(composer(alice)).toHaveValue('')
  await openRoom(alice, 'General')
  await expect(composer(alice)).toHaveValue(draft)
  await alice.reload()
  await alice.getByRole('button', { name: 'Sign in' }).click()
  await expect(alice.getByText('This browser has no storage left')).toBeVisible()
})

/** Filled to the last character, as another app on the same origin may do. */
async function fillStorage(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const storage of [localStorage, sessionStorage]) {
      let count = 0
      for (let size = 2 ** 20; size >= 1; size /= 2) {
        try {
          for (;;) storage.setItem(`filling-${count++}`, 'x'.repeat(size))
        } catch {
          // A smaller text may still fit.
        }
      }
    }
  })
}

test('L4: signing out asks first when messages are not sent yet, in whichever tab', async ({
  alice,
  stack,
}) => {
  await openRoom(alice, 'General')
  const second = await alice.context().newPage()
  await second.goto(alice.url())
  await waitUntilLive(second)
  const text = something('Still on its way')
  await stack.killApi()
  await say(alice, text)
  await choose(second, 'Sign Out')
  await expect(second.getByRole('alertdialog')).toContainText('1 message is not sent yet')
  await second.getByRole('button', { name: 'Cancel' }).click()
  await choose(alice, 'Sign Out')
  const dialog = alice.getByRole('alertdialog', { name: '1 message is not sent yet' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(messages(alice).getByText(text)).toHaveCount(1)
  await choose(alice, 'Sign Out')
  await dialog.getByRole('button', { name: 'Sign out and delete' }).click()
  await expect(alice.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(await keptBy(alice)).toEqual([])
  await stack.startApi()
})

test('L4: signing out everywhere says first that something waits', async ({ alice }) => {
  await openPlaces(alice)
  await openRoom(alice, 'General')
  await alice.context().setOffline(true)
  await say(alice, something('Still on its way'))
  await openPlaces(alice)
  // Nothing pushes the button away any more.
  await expect(alice.getByText(/^You are offline - nothing/)).toBeVisible()
  await alice.getByRole('button', { name: 'Sign out everywhere…' }).click()
  const dialog = alice.getByRole('alertdialog', { name: 'Sign out everywhere?' })
  await expect(dialog.getByText('1 message is not sent yet')).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})

async function openPlaces(page: Page): Promise<void> {
  await choose(page, 'Where you are signed in')
  await expect(page.getByRole('list', { name: 'Places' })).toBeVisible()
}

async function tenantCookies(page: Page, stack: Stack) {
  const cookies = await page.context().cookies(stack.auth0)
  expect(cookies.length).toBeGreaterThan(0)
  return cookies
}

/** A link from the sign-in page of this tab. */
async function signInHere(page: Page, stack: Stack, name: string): Promise<void> {
  const person = stack.people.find(({ email }) => email.startsWith(name))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(page, person?.email ?? '', person?.password ?? '')
  await waitUntilLive(page)
}

async function keptBy(page: Page): Promise<string[]> {
  return page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])
}
