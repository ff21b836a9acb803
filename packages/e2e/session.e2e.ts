import { choose, fillSignIn, say, sees, something, waitUntilLive } from './actions.ts'
import { expect, test } from './fixtures.ts'

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

test('somebody blocked at sign-in reads why, and is not sent round in circles', async ({
  newPage,
  stack,
}) => {
  await fetch(`${stack.auth0}/__emulator/block`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'mallory@example.com' }),
  })
  const page = await newPage()
  await page.goto(stack.web)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(page, 'mallory@example.com', stack.people[3]?.password ?? '')
  await expect(page.getByText('Your access was removed by an administrator')).toBeVisible()
  expect(page.url().startsWith(stack.web)).toBe(true)

  await fetch(`${stack.auth0}/__emulator/unblock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'mallory@example.com' }),
  })
  const again = await newPage()
  await again.goto(stack.web)
  await again.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(again, 'mallory@example.com', stack.people[3]?.password ?? '')
  await waitUntilLive(again)
})
