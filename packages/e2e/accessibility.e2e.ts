import type { Page } from '@playwright/test'
import { choose, openMembers, openRoom, openStatusMenu, rooms, signIn } from './actions.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { talkOfTheDay } from './screens.talk.ts'
import { DESK } from './window-size.ts'

const SIZES = {
  'a small phone': { width: 320, height: 640 },
  'a desk at 200 %': { width: DESK.width / 2, height: DESK.height / 2 },
  'a desk': DESK,
  'a wall': { width: 3840, height: 2160 },
}

test('the sign-in page meets WCAG 2.1 AA, in the light and the dark theme', async ({
  newPage,
  stack,
}) => {
  const page = await newPage()
  await page.goto(stack.web)
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await keeps(page, 'signing in')
})

test('so does every screen of an owner, with its menus and dialogs', async ({ newPage, stack }) => {
  const page = await signIn(await newPage(), stack, 'carol')
  await openRoom(page, 'General')
  await keeps(page, 'the conversation')
  await openStatusMenu(page)
  await keeps(page, 'the menu')
  await page.keyboard.press('Escape')

  await openRoom(page, 'Design')
  const panel = await openMembers(page)
  await keeps(page, 'the members')
  await panel.getByRole('button', { name: 'Add people' }).click()
  await expect(page.getByLabel('Find a person')).toBeVisible()
  await keeps(page, 'the dialog that adds people')
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Actions for Alice Meyer' }).click()
  await keeps(page, 'the menu of a member')
  await page.getByRole('menuitem', { name: 'Remove from the room…' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await keeps(page, 'the question before somebody is taken out')
  await page.getByRole('button', { name: 'Cancel' }).click()

  await rooms(page).getByRole('link', { name: 'Browse rooms' }).click()
  await expect(page.getByRole('list', { name: 'Open rooms' })).toBeVisible()
  await keeps(page, 'the open rooms')
  await page.getByRole('link', { name: 'New room' }).click()
  await keeps(page, 'the form of a new room')
  await page.keyboard.press('Control+f')
  await page.getByRole('searchbox', { name: 'Search messages' }).fill('the')
  await expect(
    page.getByRole('list', { name: 'Messages found' }).getByRole('link'),
  ).not.toHaveCount(0)
  await keeps(page, 'what a search has found')
  await page.getByRole('button', { name: 'From', exact: true }).click()
  await expect(page.getByLabel('Find a person')).toBeVisible()
  await keeps(page, 'a filter of a search')
  await page.keyboard.press('Escape')
  await choose(page, 'Where you are signed in')
  await expect(page.getByRole('list', { name: 'Places' })).toBeVisible()
  await keeps(page, 'the sessions')
  await choose(page, 'People')
  await page.getByRole('button', { name: 'Block Mallory Voss' }).click()
  await page.getByLabel('Reason').fill('Left the company')
  await keeps(page, 'the question before somebody is blocked')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await keeps(page, 'the people')
  await page.getByRole('button', { name: 'Role of Carol Okafor' }).click()
  await expect(page.getByText('There must be an owner')).toBeVisible()
  await keeps(page, 'the menu of roles')
})

test('so do the phone layout, and the pages of a member', async ({ alice }) => {
  await choose(alice, 'People')
  await expect(alice.getByRole('list', { name: 'People' })).toBeVisible()
  await keeps(alice, 'the colleagues')
  await alice.setViewportSize({ width: 360, height: 740 })
  await alice.goBack()
  await expect(alice.getByRole('log', { name: 'Messages' })).toBeVisible()
  await keeps(alice, 'the conversation on a phone')
  await alice.getByRole('link', { name: 'Back to rooms' }).click()
  await expect(rooms(alice)).toBeVisible()
  await keeps(alice, 'the rooms on a phone')
  await alice.goto(new URL('/nowhere', alice.url()).href)
  await expect(alice.getByRole('heading', { level: 1 })).toBeVisible()
  await keeps(alice, 'a page there is not')
})

test('so does a conversation with everything in it, on every screen', async ({ alice, stack }) => {
  const talk = await talkOfTheDay(stack)
  await alice.goto(`${stack.web}/rooms/${talk.roomId}`)
  await expect(alice.getByText(talk.last)).toBeVisible()
  for (const [what, size] of Object.entries(SIZES)) {
    await alice.setViewportSize(size)
    await keeps(alice, what)
    expect(await scrollsSideways(alice), what).toBe(false)
  }
  await alice.setViewportSize(DESK)
  await alice.emulateMedia({ forcedColors: 'active' })
  await keeps(alice, 'forced colours')
  await alice.emulateMedia({ forcedColors: null })

  const dialog = alice.getByRole('dialog')
  await alice.getByRole('button', { name: /^Edited / }).click()
  await expect(dialog).toBeVisible()
  await keeps(alice, 'earlier versions')
  await alice.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await alice.getByRole('textbox', { name: /^Message / }).pressSequentially('@bo')
  await expect(alice.getByRole('option')).not.toHaveCount(0)
  await keeps(alice, 'names to choose from')
  await alice.getByRole('textbox', { name: /^Message / }).fill('')
  await alice.getByRole('button', { name: 'Add an emoji' }).click()
  await expect(dialog).toBeVisible()
  await keeps(alice, 'emoji to choose from')
})

async function keeps(page: Page, what: string): Promise<void> {
  expect.soft(await violations(page), what).toEqual([])
}

function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
}
