import {
  composer,
  confirm,
  createRoom,
  messages,
  openRoom,
  say,
  sees,
  something,
  waitUntilLive,
} from './actions.ts'
import type { Locator } from '@playwright/test'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'

test('K4: arrows go through the messages, Enter to what can be done, and letters do it; never while writing', async ({
  alice,
}) => {
  await createRoom(alice, 'Closed', 'By keyboard')
  await say(alice, 'Ferry at nine')
  await sees(alice, 'Ferry at nine')
  await say(alice, 'Tickets are booked')
  await sees(alice, 'Tickets are booked')
  const first = messages(alice).getByRole('article').filter({ hasText: 'Ferry at nine' })
  const second = messages(alice).getByRole('article').filter({ hasText: 'Tickets are booked' })
  // They are loaded after the message is shown.
  for (const action of ['Add a reaction', 'Reply', 'Edit'])
    await expect(second.getByRole('button', { name: action })).toHaveCount(1)

  await messages(alice).focus()
  await alice.keyboard.press('ArrowUp')
  await expect(second).toBeFocused()
  await alice.keyboard.press('ArrowUp')
  await expect(first).toBeFocused()
  await alice.keyboard.press('ArrowDown')
  await expect(second).toBeFocused()
  await alice.keyboard.press('Enter')
  await expect(second.getByRole('button', { name: 'Add a reaction' })).toBeFocused()
  await alice.keyboard.press('ArrowRight')
  await expect(second.getByRole('button', { name: 'Reply' })).toBeFocused()
  await alice.keyboard.press('ArrowRight')
  await expect(second.getByRole('button', { name: 'Edit' })).toBeFocused()
  await alice.keyboard.press('Escape')
  await expect(second).toBeFocused()

  await alice.keyboard.press('e')
  const editor = second.getByRole('textbox')
  await expect(editor).toBeFocused()
  await editor.press('e')
  await expect(editor).toHaveValue('Tickets are bookede')
  await editor.press('Escape')
  await expect(editor).toHaveCount(0)

  await messages(alice).focus()
  await alice.keyboard.press('ArrowUp')
  await alice.keyboard.press('Delete')
  await expect(alice.getByRole('alertdialog')).toBeVisible()
  await alice.getByRole('button', { name: 'Cancel' }).click()
  await expect(alice.getByRole('alertdialog')).toHaveCount(0)

  // A click is no choice of a message: what is typed then is written.
  await first.click()
  await alice.keyboard.type('even so')
  await expect(composer(alice)).toHaveValue('even so')
  await composer(alice).fill('')
})

test('K4: what is opened for a message gives the focus back to what had it, never to a link or a chip in the message', async ({
  alice,
}) => {
  await createRoom(alice, 'Closed', something('Back again'))
  await say(alice, 'See https://example.com/ for tickets')
  const message = messages(alice).getByRole('article').filter({ hasText: 'for tickets' })
  const remove = message.getByRole('button', { name: 'Delete' })
  await expect(remove).toHaveCount(1)
  await expect(message.getByRole('button', { name: 'Add a reaction' })).toHaveCount(1)
  const emoji = alice.getByRole('dialog', { name: 'React with' })
  const select = async () => {
    await messages(alice).focus()
    await alice.keyboard.press('ArrowUp')
    await expect(message).toBeFocused()
  }

  await select()
  await alice.keyboard.press('+')
  await expect(emoji).toBeVisible()
  await alice.keyboard.press('Escape')
  await expect(emoji).toHaveCount(0)
  await expect(message).toBeFocused()
  // Who types searches: nothing is set that was not chosen.
  await alice.keyboard.press('+')
  await expect(emoji.getByRole('button', { name: 'Thumbs up' })).toBeFocused()
  await alice.keyboard.type('eyes')
  await expect(emoji.getByRole('textbox')).toHaveValue('eyes')
  await expect(emoji.getByRole('button', { name: 'eyes', exact: true })).toBeVisible()
  await alice.keyboard.press('Enter')
  await expect(emoji).toHaveCount(0)
  await expect(message.locator('[aria-pressed]')).toHaveText([/👀/])
  await expect(message).toBeFocused()

  for (const [key, role] of [
    ['Delete', 'alertdialog'],
    ['?', 'dialog'],
  ] as const) {
    await select()
    await alice.keyboard.press(key)
    await expect(alice.getByRole(role)).toBeVisible()
    await alice.keyboard.press('Escape')
    await expect(alice.getByRole(role)).toHaveCount(0)
    await expect(message).toBeFocused()
  }

  await message.hover()
  await remove.click()
  await confirm(alice, 'Cancel')
  await expect(alice.getByRole('alertdialog')).toHaveCount(0)
  await expect(remove).toBeFocused()
  await remove.click()
  await confirm(alice, 'Delete')
  await expect(alice.getByRole('alertdialog')).toHaveCount(0)
  const line = messages(alice).getByRole('article').filter({ hasText: 'You deleted this message' })
  await expect(line).toBeFocused()
})

test('K8: whoever writes on while a popup fades out keeps the focus', async ({ alice }) => {
  await waitUntilLive(alice)
  // It takes as long as on a slow machine.
  await alice.evaluate(() => {
    const slow = new CSSStyleSheet()
    slow.replaceSync('* { transition-duration: 1s !important }')
    document.adoptedStyleSheets.push(slow)
  })
  const sheet = alice.getByRole('dialog', { name: 'Keyboard shortcuts' })
  const emoji = alice.getByRole('dialog', { name: 'Add an emoji' })
  const openers = [
    [sheet, async () => alice.keyboard.press('Control+/')],
    [emoji, async () => alice.getByRole('button', { name: 'Add an emoji' }).click()],
  ] as const
  for (const [popup, open] of openers) {
    await alice.getByRole('navigation', { name: 'Rooms' }).getByRole('link').first().focus()
    await open()
    await expect(popup).toBeVisible()
    await alice.keyboard.press('Escape')
    await composer(alice).focus()
    await alice.keyboard.type('on')
    await expect(popup).toHaveCount(0)
    await alice.keyboard.type(' and on')
    await expect(composer(alice)).toHaveValue('on and on')
    await composer(alice).fill('')
  }
})

test('K4: a quote that is followed by keyboard selects the message it leads to', async ({
  alice,
}) => {
  await createRoom(alice, 'Closed', something('Answered'))
  await say(alice, 'Who has the keys?')
  const asked = messages(alice)
    .getByRole('article')
    .filter({ has: alice.getByText('Who has the keys?', { exact: true }) })
    .first()
  await expect(asked.getByRole('button', { name: 'Reply' })).toHaveCount(1)
  await messages(alice).focus()
  await alice.keyboard.press('ArrowUp')
  await alice.keyboard.press('r')
  await alice.keyboard.type('I do')
  await alice.keyboard.press('Enter')
  const quote = messages(alice).getByRole('link', { name: /Meyer/ })
  await quote.focus()
  await alice.keyboard.press('Enter')
  await expect(asked).toBeFocused()
  await alice.keyboard.press('r')
  await expect(composer(alice)).toBeFocused()
  await expect(composer(alice)).toHaveValue('')
  await expect(alice.getByRole('region', { name: 'Replying to' })).toContainText('the keys?')
  await alice.keyboard.press('Escape')
})

test('K5: a sheet tells the keys, by ? outside of fields and by Ctrl-/ everywhere', async ({
  alice,
}) => {
  await composer(alice).focus()
  await alice.keyboard.type('?')
  await expect(composer(alice)).toHaveValue('?')
  await composer(alice).fill('')
  await alice.keyboard.press('Control+/')
  const sheet = alice.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet).toContainText('Add a reaction')
  await expect(sheet).toContainText('Next room')
  await expect(keysFor(sheet, 'Mark all as read')).toHaveText(['Shift', 'Esc'])
  await expect(keysFor(sheet, 'Edit your last message')).toHaveText(['Up arrow'])
  const columns = await sheet
    .locator('dd')
    .evaluateAll((all) => all.map((keys) => Math.round(keys.getBoundingClientRect().left)))
  expect(new Set(columns).size).toBe(1)
  expect(await violations(alice)).toEqual([])
  await alice.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await messages(alice).focus()
  await alice.keyboard.press('?')
  await expect(sheet).toBeVisible()
  await alice.setViewportSize({ width: 320, height: 640 })
  const caps = await sheet.locator('kbd').evaluateAll((all) => all.map((cap) => cap.clientHeight))
  expect(new Set(caps).size).toBe(1)
  await alice.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
})

test('K2: a message is announced in plain words, and only once I pause in my writing', async ({
  alice,
  bob,
}) => {
  await openRoom(bob, 'General')
  await openRoom(alice, 'General')
  const text = something('Bold words')
  const announced = alice.locator('[aria-live=polite]', { hasText: `: ${text} and code` })
  await composer(alice).pressSequentially('I am still writing')
  await say(bob, `**${text}** and \`code\``)
  await expect(messages(alice).getByText(text)).toBeVisible()
  await composer(alice).pressSequentially('…')
  await expect(announced).toHaveCount(0)
  await composer(alice).fill('')
  await expect(announced).toHaveCount(1)
})

function keysFor(sheet: Locator, label: string): Locator {
  return sheet.locator('dl > div').filter({ hasText: label }).locator('kbd')
}
