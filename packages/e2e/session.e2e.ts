import type { Page } from '@playwright/test'
import {
  choose,
  fillSignIn,
  messages,
  openRoom,
  say,
  sees,
  something,
  waitUntilLive,
} from './actions.ts'
import { expect, test } from './fixtures.ts'
import { tenant } from './tenant-dashboard.ts'

test.use({ pages: 'own' })

test('somebody new signs up, and talks', async ({ newPage, stack, alice }) => {
  const page = await newPage()
  await page.goto(stack.web)
  await page.getByRole('button', { name: 'Create an account' }).click()
  await page.getByLabel('Name').fill('Dana Petrov')
  await page.getByLabel('Email address').fill(`dana-${Date.now()}@example.com`)
  await page.getByLabel('Password').fill('dana-in-conclave')
  await page.getByRole('button', { name: 'Continue' }).click()
  await waitUntilLive(page)
  const text = something('Hello, I am new here')
  await say(page, text)
  // Wherever her first unread message is, this key goes to the latest.
  await messages(alice).press('End')
  await sees(alice, text)
  await expect(alice.getByText('Dana Petrov').first()).toBeVisible()
})

test('a wrong password is refused in place, and the right one then works', async ({
  newPage,
  stack,
}) => {
  const page = await newPage()
  await page.goto(stack.web)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(page, 'alice@example.com', 'not-her-password')
  await expect(page.getByText('Wrong email or password')).toBeVisible()
  await fillSignIn(page, 'alice@example.com', stack.people[0]?.password ?? '')
  await waitUntilLive(page)
})

test('signing in returns to the exact address that was asked for', async ({
  newPage,
  stack,
  alice,
}) => {
  const address = alice.url()
  const page = await newPage()
  await page.goto(address)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(page, 'bob@example.com', stack.people[1]?.password ?? '')
  await waitUntilLive(page)
  expect(page.url()).toBe(address)
})

test('signing out clears everything and ends the Auth0 session', async ({ alice, stack }) => {
  await choose(alice, 'Sign Out')
  await expect(alice.getByRole('button', { name: 'Sign in' })).toBeVisible()
  const left = await alice.evaluate(() => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
  }))
  expect(left).toEqual({ local: [], session: [] })
  await alice.goto(stack.web)
  await alice.getByRole('button', { name: 'Sign in' }).click()
  await expect(alice.getByLabel('Password')).toBeVisible()
})

test('somebody blocked at sign-in reads why, and gets into no redirect loop', async ({
  newPage,
  stack,
}) => {
  await tenant(stack, 'block', { email: 'mallory@example.com' })
  const page = await newPage()
  await page.goto(stack.web)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(page, 'mallory@example.com', stack.people[3]?.password ?? '')
  await expect(page.getByText('Your access was removed by an administrator')).toBeVisible()
  expect(page.url().startsWith(stack.web)).toBe(true)

  await tenant(stack, 'unblock', { email: 'mallory@example.com' })
  const again = await newPage()
  await again.goto(stack.web)
  await again.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(again, 'mallory@example.com', stack.people[3]?.password ?? '')
  await waitUntilLive(again)
})

test('a reload leaves nothing behind in the history, and Back and Forward find the session', async ({
  alice,
}) => {
  await openRoom(alice, 'Design')
  const before = await alice.evaluate(() => history.length)
  for (let turn = 0; turn < 2; turn += 1) {
    await alice.reload()
    await waitUntilLive(alice)
  }
  expect(await alice.evaluate(() => history.length)).toBe(before)
  await alice.goBack()
  await expect(alice.getByRole('heading', { name: 'General', exact: true })).toBeVisible()
  await alice.goForward()
  await expect(alice.getByRole('heading', { name: 'Design', exact: true })).toBeVisible()
  await waitUntilLive(alice)
})

test('an interrupted silent sign-in is retried, but not without end', async ({ alice }) => {
  const address = alice.url()
  // The state a page leaves when its browser is stopped between the frame that saw no session and the tenant’s answer.
  await interrupt(alice, 1)
  await alice.goto(address)
  await waitUntilLive(alice)
  await interrupt(alice, 3)
  await alice.goto(address)
  await expect(alice.getByRole('button', { name: 'Sign in' })).toBeVisible()
})

test('a page from the back/forward cache shows what is true now', async ({ alice, stack }) => {
  await comesFromCache(alice)
  await waitUntilLive(alice)
  await alice.context().clearCookies()
  await comesFromCache(alice)
  await alice.getByRole('button', { name: 'Sign in' }).click()
  await expect(alice.getByLabel('Password')).toBeVisible()
  await alice.goBack()
  await expect(alice.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(alice.url().startsWith(stack.web)).toBe(true)
})

async function interrupt(page: Page, times: number): Promise<void> {
  await page.evaluate((count) => {
    sessionStorage.setItem('conclave.silent-sign-in', String(count))
    for (const cookie of document.cookie.split('; '))
      document.cookie = `${cookie.split('=')[0]}=; max-age=0; path=/`
  }, times)
}

/** Playwright disables the back/forward cache, so the page gets the event that a browser would send. */
async function comesFromCache(page: Page): Promise<void> {
  const loaded = page.waitForEvent('load')
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await loaded
}
