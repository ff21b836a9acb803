import type { Stack } from '@conclave/dev-stack/stack'
import { addMember } from '@conclave/shared/members'
import { postMessage } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import { setReaction } from '@conclave/shared/reactions'
import { createRoom } from '@conclave/shared/rooms.create'
import type { Locator, Page } from '@playwright/test'
import { v7 as uuidv7 } from 'uuid'
import {
  composer,
  messages,
  openRoom,
  say,
  sees,
  signIn,
  something,
  waitUntilLive,
} from './actions.ts'
import { callAs } from './api-client.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { topOfView } from './place.ts'

test('C12: Alice and Bob react to the same message, at once, and each sees what the other does', async ({
  alice,
  bob,
}) => {
  const text = something('Shall we have tea')
  await say(alice, text)
  await sees(bob, text)
  await row(bob, text).hover()
  await addButton(bob, text).click()
  await palette(bob).getByRole('button', { name: 'Thumbs up' }).click()
  await expect(chip(bob, text, '👍')).toHaveAttribute('aria-pressed', 'true')
  await expect(chip(alice, text, '👍')).toHaveAccessibleName('👍 1 Bob Tanaka reacted with 👍')
  await expect(chip(alice, text, '👍')).toHaveAttribute('aria-pressed', 'false')

  await chip(alice, text, '👍').click()
  await expect(chip(alice, text, '👍')).toHaveAttribute('aria-pressed', 'true', { timeout: 500 })
  for (const page of [alice, bob]) await expect(chip(page, text, '👍')).toContainText('2')
  await chip(alice, text, '👍').hover()
  await expect(alice.getByText('You and Bob Tanaka reacted with 👍')).toHaveCount(2)
  await expect(alice.getByText('You and Bob Tanaka reacted with 👍').last()).toBeVisible()

  // What was wished last counts, however quickly; and what is shown is what is stored.
  await chip(alice, text, '👍').click({ clickCount: 3, delay: 0 })
  await expect(chip(alice, text, '👍')).toHaveAttribute('aria-pressed', 'false')
  await expect(chip(bob, text, '👍')).toHaveAccessibleName('👍 1 You reacted with 👍')
  await chip(alice, text, '👍').click()
  const second = await alice.context().newPage()
  await second.goto(alice.url())
  await bob.reload()
  for (const page of [second, bob]) {
    await expect(chip(page, text, '👍')).toContainText('2')
    await expect(chip(page, text, '👍')).toHaveAttribute('aria-pressed', 'true')
  }
  await chip(second, text, '👍').click()
  await expect(chip(alice, text, '👍')).toHaveAttribute('aria-pressed', 'false')
  await expect(chip(alice, text, '👍')).toHaveAccessibleName('👍 1 Bob Tanaka reacted with 👍')

  // What cannot be saved is undone, and says why.
  await alice.context().setOffline(true)
  await chip(alice, text, '👍').click()
  await expect(chip(alice, text, '👍')).toHaveAttribute('aria-pressed', 'true', { timeout: 500 })
  await react(alice, text, 'Fire')
  await expect(alice.getByText('👍 was not saved. This device is offline.')).toBeVisible()
  // Both can be read: one does not hide the other.
  await expect(alice.getByText('was not saved')).toHaveText([/^👍/, /^🔥/])
  await expect(chip(alice, text, '👍')).toHaveAttribute('aria-pressed', 'false')
  await expect(chip(alice, text, '🔥')).toHaveCount(0)
  await alice.context().setOffline(false)
  await waitUntilLive(alice)
  await chip(alice, text, '👍').click()
  await expect(chip(bob, text, '👍')).toContainText('2')
})

test('C12: by keyboard alone one reacts, sees who did, and takes it back', async ({
  alice,
  bob,
}) => {
  const text = something('No mouse today')
  await say(bob, text)
  await sees(alice, text)
  await composer(alice).focus()
  // Past what else can be done with the message.
  await expect(async () => {
    await alice.keyboard.press('Shift+Tab')
    await expect(addButton(alice, text)).toBeFocused({ timeout: 100 })
  }).toPass({ intervals: [10] })
  await alice.keyboard.press('Enter')
  await expect(palette(alice).getByRole('button', { name: 'Thumbs up' })).toBeFocused()
  expect(await violations(alice)).toEqual([])
  await alice.keyboard.press('Escape')
  await expect(palette(alice)).toHaveCount(0)
  await expect(addButton(alice, text)).toBeFocused()
  await alice.keyboard.press('Enter')
  await expect(palette(alice).getByRole('button', { name: 'Thumbs up' })).toBeFocused()
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowLeft', 'Enter'])
    await alice.keyboard.press(key)
  await expect(chip(bob, text, '❤️')).toHaveAccessibleName('❤️ 1 Alice Meyer reacted with ❤️')

  await expect(addButton(alice, text)).toBeFocused()
  await alice.keyboard.press('Shift+Tab')
  await expect(chip(alice, text, '❤️')).toBeFocused()
  await expect(alice.getByText('You reacted with ❤️')).toHaveCount(2)
  await alice.keyboard.press('Escape')
  await expect(alice.getByText('You reacted with ❤️')).toHaveCount(1)
  await alice.emulateMedia({ forcedColors: 'active' })
  expect(await paint(chip(alice, text, '❤️'))).not.toBe(await paint(addButton(alice, text)))
  await alice.emulateMedia({ forcedColors: null })
  await alice.keyboard.press('Space')
  await expect(chip(bob, text, '❤️')).toHaveCount(0)
  // The chip is gone, and the focus stays where it was about.
  await expect(addButton(alice, text)).toBeFocused()
})

test('C12: on a phone a tap on the message shows the button, and everything is large enough', async ({
  browser,
  stack,
}) => {
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
  const context = await browser.newContext(phone)
  const alice = await signIn(await context.newPage(), stack, 'alice')
  const text = something('From the tram')
  await composer(alice).fill(text)
  await alice.getByRole('button', { name: 'Send' }).tap()
  await sees(alice, text)
  await row(alice, text).tap()
  await expect(addButton(alice, text)).toHaveCSS('opacity', '1')
  await addButton(alice, text).tap()
  const eyes = palette(alice).getByRole('button', { name: 'Eyes', exact: true })
  const { width = 0, height = 0 } = (await eyes.boundingBox()) ?? {}
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(44)
  await eyes.tap()
  await expect(chip(alice, text, '👀')).toHaveAccessibleName('👀 1 You reacted with 👀')
  await chip(alice, text, '👀').tap()
  await expect(chip(alice, text, '👀')).toHaveCount(0)
  const overflow = await alice.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBe(0)
  await context.close()
})

test('C12: whatever others do, the focus stays, and nothing moves under the hand', async ({
  alice,
  bob,
}) => {
  await openRoom(alice, 'Bob Tanaka')
  await openRoom(bob, 'Alice Meyer')
  const text = something('Watch closely')
  const names = bob.getByText('Alice Meyer reacted with 👍')
  await say(alice, text)
  await sees(bob, text)
  await react(alice, text, 'Thumbs up')
  await chip(bob, text, '👍').hover()
  await expect(names).toHaveCount(2)
  await chip(alice, text, '👍').click()
  await expect(chip(bob, text, '👍')).toHaveCount(0)

  // The names of a chip that went do not come back with another.
  await composer(bob).hover()
  await react(alice, text, 'Thumbs up')
  const between = something('In between')
  await say(alice, between)
  await sees(bob, between)
  await expect(chip(bob, text, '👍')).toHaveCount(1)
  await expect(names).toHaveCount(1)
  await chip(alice, text, '👍').click()
  await expect(chip(bob, text, '👍')).toHaveCount(0)

  // The emoji stay where they are when the first chip comes.
  await row(bob, text).hover()
  await addButton(bob, text).click()
  const emoji = palette(bob).getByRole('button', { name: 'Thumbs up' })
  await expect(emoji).toBeFocused()
  await palette(bob).evaluate(async (popup) =>
    Promise.all(popup.getAnimations().map(async ({ finished }) => finished)),
  )
  const place = await emoji.boundingBox()
  await react(alice, text, 'Thumbs up')
  await expect(chip(bob, text, '👍')).toHaveCount(1)
  await say(alice, something('And more'))
  await expect(messages(bob).getByRole('article').last()).toContainText('And more')
  expect(await emoji.boundingBox()).toEqual(place)
  await bob.keyboard.press('Escape')
  await expect(addButton(bob, text)).toBeFocused()

  await bob.keyboard.press('Shift+Tab')
  await expect(chip(bob, text, '👍')).toBeFocused()
  await chip(alice, text, '👍').click()
  await expect(addButton(bob, text)).toBeFocused()
})

test('C12: the button is in view with its message, and the emoji go with it', async ({
  bob,
  stack,
}) => {
  await bob.setViewportSize({ width: 1280, height: 400 })
  // Scrolled out of view its row is still mounted with few lines before it, and is not with many.
  for (const lines of [12, 60]) {
    const { texts } = await saidByCarol(stack, bob, lines)
    await sees(bob, texts.at(-1)!)
    await say(bob, `${something('A long one')}\n${'line\n'.repeat(30)}the last line`)
    const long = messages(bob).getByRole('article').last()
    await expect(long.getByText('the last line')).toBeInViewport()
    const button = long.getByRole('button', { name: 'Add a reaction' })
    await expect(button).toBeInViewport({ ratio: 1 })
    await button.click()
    await expect(palette(bob)).toBeInViewport({ ratio: 1 })
    // The emoji go with the message that they are for.
    await messages(bob).evaluate((pane) => pane.scrollTo(0, 0))
    await expect(palette(bob)).toHaveCount(0)
    await expect.poll(() => hasFocusWithin(messages(bob))).toBe(true)
  }
})

test('C12: a new chip moves nobody who reads above the end, and whoever rests at the end keeps it in view', async ({
  bob,
  stack,
}) => {
  const { texts, reactTo } = await saidByCarol(stack, bob)
  await bob.setViewportSize({ width: 1280, height: 500 })
  await sees(bob, texts.at(-1)!)
  await expect.poll(() => fromEnd(bob)).toBeLessThanOrEqual(2)
  for (const back of [1, 3]) {
    await reactTo(bob, texts.at(-back)!, '👀')
    await expect.poll(() => fromEnd(bob)).toBeLessThanOrEqual(2)
  }
  await messages(bob).hover()
  for (const emoji of ['🔥', '🚀', '💯']) {
    // A little above the end, then further, and still less than the height of a chip and two lines.
    const before = await fromEnd(bob)
    await bob.mouse.wheel(0, -5)
    await expect.poll(() => fromEnd(bob)).toBe(before + 5)
    const place = await topOfView(bob)
    for (const back of [2, 4]) await reactTo(bob, texts.at(-back)!, emoji)
    const now = await topOfView(bob)
    expect(now.id).toBe(place.id)
    expect(Math.abs(now.top - place.top)).toBeLessThanOrEqual(1)
  }
  await messages(bob).evaluate((pane) => pane.scrollTo(0, pane.scrollHeight))
  await reactTo(bob, texts.at(-1)!, '🔥')
  await expect.poll(() => fromEnd(bob)).toBeLessThanOrEqual(2)
})

test('C12: chips that come while somebody scrolls up do not take them back', async ({
  bob,
  stack,
}) => {
  const { texts, reactTo } = await saidByCarol(stack, bob)
  await bob.setViewportSize({ width: 1280, height: 500 })
  await sees(bob, texts.at(-1)!)
  await atRest(bob)
  await messages(bob).hover()
  let up = 0
  // Messages in the middle of the view: of those below it none may be mounted.
  for (const back of [6, 7, 8, 9]) {
    await bob.mouse.wheel(0, -30)
    up += 30
    await expect.poll(() => fromEnd(bob)).toBeGreaterThanOrEqual(up)
    await reactTo(bob, texts.at(-back)!, '👀')
    await expect.poll(() => fromEnd(bob)).toBeGreaterThanOrEqual(up)
  }
})

/**
 * Some lines in a room that Bob has open, and how to react to them with nobody at a screen; settles when that is shown. It
 * is a room of their own, so that General has no screens full of unread messages for the tests that follow.
 */
async function saidByCarol(stack: Stack, bob: Page, lines = 12) {
  const carol = await callAs(stack, 'carol')
  const { id: personId } = await (await callAs(stack, 'bob'))(getMe, {})
  const name = something('Chips')
  const { id: roomId } = await carol(createRoom, { body: { kind: 'closed', name } })
  await carol(addMember, { params: { roomId }, body: { personId } })
  await openRoom(bob, name)
  const texts = Array.from({ length: lines }, () => something('A line'))
  const ids = new Map(texts.map((text) => [text, uuidv7()]))
  for (const [text, id] of ids) await carol(postMessage, { params: { roomId }, body: { id, text } })
  return {
    texts,
    reactTo: async (page: Page, text: string, emoji: string) => {
      const params = { roomId, messageId: ids.get(text)! }
      await carol(setReaction, { params, body: { emoji, reacted: true } })
      await expect(chip(page, text, emoji)).toHaveCount(1)
      await page.evaluate(async () => {
        for (const _ of [1, 2, 3]) await new Promise((done) => requestAnimationFrame(done))
      })
    },
  }
}

/**
 * Settles once nothing has moved in the list for 15 frames: until then the virtualizer goes back to the end whenever a row is
 * measured, whoever scrolls meanwhile.
 */
async function atRest(page: Page): Promise<void> {
  await messages(page).evaluate(async (pane) => {
    const place = () => `${pane.scrollHeight} ${pane.scrollTop}`
    for (let frames = 0, before = place(); frames < 15; frames++) {
      await new Promise((done) => requestAnimationFrame(done))
      if (place() === before) continue
      frames = 0
      before = place()
    }
  })
}

/** How many pixels the reader is above the end. */
async function fromEnd(page: Page): Promise<number> {
  return messages(page).evaluate((pane) =>
    Math.round(pane.scrollHeight - pane.scrollTop - pane.clientHeight),
  )
}

async function hasFocusWithin(of: Locator): Promise<boolean> {
  return of.evaluate((element) => element.contains(document.activeElement))
}

async function react(page: Page, text: string, name: string): Promise<void> {
  await row(page, text).hover()
  await addButton(page, text).click()
  await palette(page).getByRole('button', { name, exact: true }).click()
}

function row(page: Page, text: string): Locator {
  return messages(page).getByRole('article').filter({ hasText: text })
}

function chip(page: Page, text: string, emoji: string): Locator {
  return row(page, text).getByRole('button', { name: `reacted with ${emoji}` })
}

function addButton(page: Page, text: string): Locator {
  return row(page, text).getByRole('button', { name: 'Add a reaction' })
}

function palette(page: Page): Locator {
  return page.getByRole('dialog', { name: 'React with an emoji' })
}

async function paint(of: Locator): Promise<string> {
  return of.evaluate((element) => getComputedStyle(element).backgroundColor)
}
