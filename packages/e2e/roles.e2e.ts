import type { Page } from '@playwright/test'
import { choose, signIn } from './actions.ts'
import { expect, test } from './fixtures.ts'

test('a new admin may block people at once, and no longer once the role is taken back', async ({
  alice,
  bob,
  newPage,
  stack,
}) => {
  const carol = await signIn(await newPage(), stack, 'carol')
  for (const page of [alice, bob, carol]) await choose(page, 'People')
  await expect(bob.getByRole('listitem').filter({ hasText: 'Mallory Voss' })).toBeVisible()
  await expect(bob.getByRole('button', { name: /^Block/ })).toHaveCount(0)

  await giveRole(carol, 'Bob Tanaka', 'Admin')
  await expect(bob.getByRole('button', { name: 'Block Mallory Voss' })).toBeVisible()
  await expect(bob.getByRole('button', { name: 'Block Carol Okafor' })).toHaveCount(0)
  const bobForAlice = alice.getByRole('listitem').filter({ hasText: 'Bob Tanaka' })
  await expect(bobForAlice.getByText('Admin', { exact: true })).toBeVisible()

  await giveRole(carol, 'Bob Tanaka', 'Member')
  await expect(bob.getByRole('button', { name: /^Block/ })).toHaveCount(0)
  await expect(bob.getByRole('listitem').filter({ hasText: 'Mallory Voss' })).toBeVisible()
  await expect(bobForAlice.getByText('Admin', { exact: true })).toHaveCount(0)
})

async function giveRole(page: Page, person: string, role: string): Promise<void> {
  await page.getByRole('button', { name: `Role of ${person}` }).click()
  await page.getByRole('menuitemradio', { name: role }).click()
  await expect(page.getByRole('button', { name: `Role of ${person}: ${role}` })).toBeVisible()
}
