import type { Stack } from '@conclave/dev-stack/stack'
import type { Page } from '@playwright/test'
import { fillSignIn, openRoom, say, sees, signIn, something, waitUntilLive } from './actions.ts'
import { expect, test } from './fixtures.ts'
import { watchTokens } from './stored.ts'
import { tenant } from './tenant-dashboard.ts'

test.use({ pages: 'own' })

const MALLORY = 'mallory@example.com'

test('a refused sign-in shows the tenant’s reason, as text, and can be retried', async ({
  newPage,
  stack,
}) => {
  const page = await newPage()
  const consoleLines: string[] = []
  page.on('console', (message) => consoleLines.push(message.text()))
  const reason = `Only from the <b>office</b> network.\u202e${' and so on'.repeat(100)}`
  await tenant(stack, 'deny', { email: MALLORY, reason })
  await page.goto(`${stack.web}/people`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(page, MALLORY, stack.people[3]?.password ?? '')
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('Signing in was refused')
  await expect(alert).toContainText(
    '“access_denied: Only from the <b>office</b> network. and so on',
  )
  expect((await alert.innerText()).length).toBeLessThan(800)
  expect(page.url()).toBe(`${stack.web}/people`)
  expect(consoleLines.join('\n')).toContain('access_denied: Only from the <b>office</b> network.')

  await tenant(stack, 'deny', { email: MALLORY, reason: null })
  await page.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(page, MALLORY, stack.people[3]?.password ?? '')
  await waitUntilLive(page)
})

test('a link that looks like the tenant’s answer shows nothing on our page', async ({
  newPage,
  stack,
  alice,
}) => {
  const words = 'Call 555 0100 to unlock your account'
  const query = new URLSearchParams({
    error: 'access_denied',
    error_description: words,
    state: 'x',
  })
  const page = await newPage()
  await page.goto(`${stack.web}/?${query.toString()}`)
  await expect(page.getByRole('button', { name: 'Create an account' })).toBeVisible()
  await expect(page.getByText(words)).toHaveCount(0)
  expect(page.url()).toBe(`${stack.web}/`)

  // Nor in a tab where a sign-in was begun and abandoned, whose state nobody else knows.
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByLabel('Password')).toBeVisible()
  await page.goto(`${stack.web}/?${query.toString()}`)
  await expect(page.getByRole('button', { name: 'Create an account' })).toBeVisible()
  await expect(page.getByText(words)).toHaveCount(0)

  await alice.goto(`${stack.web}/?${query.toString()}`)
  await waitUntilLive(alice)
})

test('with the clock half an hour fast, and then corrected, the session continues', async ({
  newPage,
  stack,
}) => {
  const page = await newPage()
  await page.clock.install({ time: Date.now() + 1_800_000 })
  await signInAt(page, stack)
  await page.clock.setSystemTime(Date.now())
  const tokens = watchTokens(page)
  await page.clock.fastForward('05:01')
  const text = something('By the right time')
  await say(page, text)
  await sees(page, text)
  // A token is valid for five minutes, whatever the machine's clock says.
  await expect.poll(() => tokens.length).toBeGreaterThan(0)
})

test('with the clock days fast, the page says that the clock is wrong', async ({
  newPage,
  stack,
}) => {
  const page = await newPage()
  await page.clock.install({ time: Date.now() + 3 * 86_400_000 })
  await page.goto(stack.web)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(page, 'alice@example.com', stack.people[0]?.password ?? '')
  await expect(page.getByText('The clock of this device is wrong')).toBeVisible()
})

async function signInAt(page: Page, stack: Stack): Promise<void> {
  await signIn(page, stack, 'alice')
  await openRoom(page, 'General')
}
