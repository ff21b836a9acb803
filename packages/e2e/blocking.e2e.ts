import type { Stack } from '@conclave/dev-stack/stack'
import type { Page } from '@playwright/test'
import {
  choose,
  confirm,
  fillSignIn,
  openRoom,
  say,
  sees,
  signIn,
  something,
  waitUntilLive,
} from './actions.ts'
import { expect, test } from './fixtures.ts'

test('somebody blocked is told in the open tab, and gets in again once unblocked', async ({
  newPage,
  stack,
}) => {
  const carol = await signIn(await newPage(), stack, 'carol')
  const mallory = await signIn(await newPage(), stack, 'mallory')
  await openRoom(mallory, 'General')
  const before = something('Before she was blocked')
  await say(mallory, before)
  await openRoom(carol, 'General')
  await sees(carol, before)

  await choose(carol, 'People')
  const row = carol.getByRole('listitem', { name: 'Mallory Voss' })
  await row.getByRole('button', { name: 'Block Mallory Voss' }).click()
  await carol.getByLabel('Reason').fill('Left the company')
  await confirm(carol, 'Block')
  const steps = row.getByRole('list', { name: 'Access of Mallory Voss' })
  await expect(steps.getByText('Refused by Conclave')).toBeVisible()
  await expect(row.getByText('Left the company')).toBeVisible()
  await expect(row.getByText('access removed', { exact: true })).toBeVisible()

  await expect(mallory.getByText('Your access was removed by an administrator')).toBeVisible({
    timeout: 5_000,
  })
  await expect(steps.getByText('waiting')).toHaveCount(0)
  await expect(steps.getByRole('listitem')).toHaveCount(4)
  await expect(mallory.getByText(before)).toHaveCount(0)
  await expect(mallory.getByRole('button', { name: 'Sign in' })).toHaveCount(0)
  expect(await keptBy(mallory)).toEqual([])
  await openRoom(carol, 'General')
  await sees(carol, before)

  await choose(carol, 'People')
  await row.getByRole('button', { name: 'Unblock Mallory Voss' }).click()
  await expect(row.getByRole('button', { name: 'Block Mallory Voss' })).toBeVisible()
  await mallory.getByRole('button', { name: 'Sign out' }).click()
  await signInAgain(mallory, stack)
  const after = something('Back again')
  await openRoom(mallory, 'General')
  await say(mallory, after)
  await openRoom(carol, 'General')
  await sees(carol, after)
})

test('a plain member sees their colleagues, and no admin controls', async ({ alice }) => {
  await choose(alice, 'People')
  const people = alice.getByRole('list', { name: 'People' })
  await expect(people.getByText('Mallory Voss')).toBeVisible()
  await expect(people.getByText('mallory@example.com')).toHaveCount(0)
  await expect(alice.getByRole('button', { name: /block/i })).toHaveCount(0)
})

/** Auth0 unblocks her a moment after we do. */
async function signInAgain(page: Page, stack: Stack): Promise<void> {
  await expect(async () => {
    await page.goto(stack.web)
    await page.getByRole('button', { name: 'Sign in' }).click({ timeout: 3_000 })
    await fillSignIn(page, 'mallory@example.com', stack.people[3]?.password ?? '')
    await waitUntilLive(page)
  }).toPass()
}

async function keptBy(page: Page): Promise<string[]> {
  return page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])
}
