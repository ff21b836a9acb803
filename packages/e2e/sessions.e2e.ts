import type { Locator, Page } from '@playwright/test'
import {
  choose,
  composer,
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

test.use({ pages: 'own' })

test('signing out another place ends the session there and not here', async ({
  alice,
  bob,
  newPage,
  stack,
}) => {
  const elsewhere = await signIn(await newPage(), stack, 'alice')
  await openRoom(elsewhere, 'General')
  const places = await openPlaces(alice)
  await expect(places.getByRole('button', { name: 'Sign out here' })).toHaveCount(1)
  const others = places.getByRole('button', { name: /^Sign out \w+ on/ })
  const before = await others.count()
  // The others are from earlier tests; the most recently used one is hers.
  await others.first().press('Enter')
  await expect(others).toHaveCount(before - 1)
  await expect(places).toBeFocused()

  await expect(elsewhere.getByText('You were signed out')).toBeVisible()
  await expect(composer(elsewhere)).toHaveCount(0)
  expect(await keptBy(elsewhere)).toEqual([])

  await openRoom(alice, 'General')
  const text = something('Still here')
  await say(alice, text)
  await openRoom(bob, 'General')
  await sees(bob, text)

  await elsewhere.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(elsewhere, 'alice@example.com', stack.people[0]?.password ?? '')
  await waitUntilLive(elsewhere)
})

test('signing out everywhere ends all my sessions, and nobody else’s', async ({
  alice,
  bob,
  newPage,
  stack,
}) => {
  const elsewhere = await signIn(await newPage(), stack, 'alice')
  await openRoom(elsewhere, 'General')
  await openPlaces(alice)
  await alice.getByRole('button', { name: 'Sign out everywhere…' }).click()
  await alice.getByRole('button', { name: 'Cancel' }).click()
  await expect(alice.getByRole('button', { name: 'Sign out everywhere…' })).toBeFocused()
  await alice.getByRole('button', { name: 'Sign out everywhere…' }).click()
  await confirm(alice, 'Sign out everywhere')
  await expect(alice.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(await keptBy(alice)).toEqual([])
  await expect(elsewhere.getByText('You were signed out')).toBeVisible()

  await openRoom(bob, 'General')
  const text = something('Not me')
  await say(bob, text)
  await sees(bob, text)
})

test('signing out here signs out every tab of this browser, and no other browser', async ({
  alice,
  newPage,
  stack,
}) => {
  const other = await signIn(await newPage(), stack, 'alice')
  const tab = await alice.context().newPage()
  await tab.goto(stack.web)
  await waitUntilLive(tab)
  const places = await openPlaces(alice)
  await places.getByRole('button', { name: 'Sign out here' }).click()
  await expect(alice.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(tab.getByText('You were signed out')).toBeVisible()
  const left = await openPlaces(other)
  await expect(left.getByRole('button', { name: 'Sign out here' })).toHaveCount(1)
})

test('without a network, signing out still leaves nothing here', async ({ alice }) => {
  await composer(alice).fill('not for the next one at this desk')
  await alice.context().setOffline(true)
  await choose(alice, 'Sign Out')
  await expect(alice.getByRole('button', { name: 'Sign in' })).toBeVisible()
  expect(await keptBy(alice)).toEqual([])
})

async function openPlaces(page: Page): Promise<Locator> {
  await choose(page, 'Where you are signed in')
  const places = page.getByRole('list', { name: 'Places' })
  await expect(places).toBeVisible()
  return places
}

async function keptBy(page: Page): Promise<string[]> {
  return page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])
}
