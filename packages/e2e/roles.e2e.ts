import { getMe } from '@conclave/shared/people'
import type { Page } from '@playwright/test'
import { choose, createRoom, openMembers, signIn, something } from './actions.ts'
import { callByEmail, signUp } from './api-client.ts'
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

test('somebody who joins the team appears at once in every list of people that is open', async ({
  alice,
  bob,
  newPage,
  stack,
}) => {
  const carol = await signIn(await newPage(), stack, 'carol')
  for (const page of [bob, carol]) await choose(page, 'People')
  await createRoom(alice, 'Closed', something('Newcomers'))
  const panel = await openMembers(alice)
  await panel.getByRole('button', { name: 'Add people' }).click()
  const lists = [
    bob.getByRole('list', { name: 'People', exact: true }),
    carol.getByRole('list', { name: 'People', exact: true }),
    alice.getByRole('list', { name: 'People to add' }),
  ]
  for (const list of lists) await expect(list.getByText('Mallory Voss')).toBeVisible()
  const nadia = { name: 'Nadia Newcomer', email: 'nadia@example.com', password: 'just-arrived' }
  await signUp(stack, nadia)
  await (
    await callByEmail(stack, nadia.email)
  )(getMe, {})
  for (const list of lists) await expect(list.getByText(nadia.name)).toBeVisible()
})

async function giveRole(page: Page, person: string, role: string): Promise<void> {
  await page.getByRole('button', { name: `Role of ${person}` }).click()
  await page.getByRole('menuitemradio', { name: role }).click()
  await expect(page.getByRole('button', { name: `Role of ${person}: ${role}` })).toBeVisible()
}
