import type { Locator, Page } from '@playwright/test'
import {
  choose,
  composer,
  createRoom,
  messages,
  openRoom,
  openStatusMenu,
  rooms,
  say,
  sees,
  seesInOrder,
  something,
} from './actions.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'

/** As Chromium's protocol counts the modifiers. */
const CTRL = 2

test('Alice and Bob talk both ways, live', async ({ alice, bob }) => {
  const question = something('Is the kettle on')
  const answer = something('It has been on since nine')
  await say(alice, question)
  await sees(bob, question)
  await say(bob, answer)
  await sees(alice, answer)
})

test('a reload finds the history, in the same order', async ({ alice, bob }) => {
  const texts = [something('First'), something('Second'), something('Third')]
  for (const text of texts) await say(alice, text)
  await sees(bob, texts[2] ?? '')
  await bob.reload()
  await seesInOrder(bob, texts)
  await seesInOrder(alice, texts)
})

test('a second tab of the same person shows the message once', async ({ alice, bob }) => {
  const second = await alice.context().newPage()
  await second.goto(alice.url())
  const text = something('From the first tab')
  await expect(composer(second)).toBeVisible()
  await say(alice, text)
  await sees(second, text)
  await sees(alice, text)
  await sees(bob, text)
})

test('D3: a draft stays with its room, survives a reload, and its row has a pencil', async ({
  alice,
}) => {
  await expect(rooms(alice).getByRole('link', { name: /^General/ })).toBeVisible()
  await expect(pencil(alice)).toHaveCount(0)
  const draft = something('Not finished yet')
  await composer(alice).fill(draft)
  await openRoom(alice, 'Design')
  await expect(composer(alice)).toHaveValue('')
  await expect(pencil(alice).locator('svg.lucide-pencil')).toBeVisible()
  expect(await violations(alice)).toEqual([])
  await openRoom(alice, 'General')
  await expect(composer(alice)).toHaveValue(draft)
  await alice.reload()
  await expect(composer(alice)).toHaveValue(draft)
  await expect(pencil(alice)).toBeVisible()
  await composer(alice).fill('')
  await expect(pencil(alice)).toHaveCount(0)
})

test('D3: a draft is in every tab with what it answers; sent it is gone, and nothing that somebody writes is replaced', async ({
  alice,
}) => {
  const [text, draft] = [something('To be answered'), something('Begun in the first tab')]
  await say(alice, text)
  await sees(alice, text)
  const second = await alice.context().newPage()
  await second.goto(alice.url())
  await sees(second, text)
  const row = messages(alice).getByRole('article').filter({ hasText: text })
  await row.getByRole('button', { name: 'Reply' }).press('Enter')
  await expect(answered(alice)).toContainText(text)
  await composer(alice).fill(draft)
  await expect(composer(second)).toHaveValue(draft)
  await expect(answered(second)).toContainText(text)
  await expect(pencil(second)).toBeVisible()
  await composer(second).press('Enter')
  await sees(alice, draft)
  await expect(messages(alice).getByRole('blockquote').filter({ hasText: text })).toBeVisible()
  for (const page of [alice, second]) {
    await expect(composer(page)).toHaveValue('')
    await expect(answered(page)).toHaveCount(0)
    await expect(pencil(page)).toHaveCount(0)
  }

  await composer(alice).fill('Mine')
  await expect(composer(second)).toHaveValue('Mine')
  await composer(second).fill('Other')
  await expect(composer(second)).toHaveValue('Other')
  await expect(composer(alice)).toHaveValue('Mine')
  for (const [page, value] of [[alice, 'Mine'] as const, [second, 'Other'] as const]) {
    await page.reload()
    await expect(composer(page)).toHaveValue(value)
  }
  await composer(alice).fill('')
  await expect(composer(second)).toHaveValue('Other')
  await composer(second).fill('')
  await expect(pencil(alice)).toHaveCount(0)
})

test('D1: Enter sends and Shift-Enter makes a line', async ({ alice }) => {
  const first = something('Line one')
  await composer(alice).fill(first)
  await composer(alice).press('Shift+Enter')
  await composer(alice).pressSequentially('and line two')
  await composer(alice).press('Enter')
  await expect(messages(alice).getByText(`${first}\nand line two`)).toHaveCount(1)
  await expect(composer(alice)).toHaveValue('')
  await expect(composer(alice)).toBeFocused()
})

test('D1: in a fence that is not closed, Enter goes on with the code; once it is closed it sends, and saves', async ({
  alice,
}) => {
  await createRoom(alice, 'Closed', something('Code'))
  await composer(alice).focus()
  await alice.keyboard.type('Look:')
  await alice.keyboard.press('Shift+Enter')
  for (const line of ['```js', 'const one = 1', '']) {
    await alice.keyboard.type(line)
    await alice.keyboard.press('Enter')
  }
  await expect(composer(alice)).toHaveValue('Look:\n```js\nconst one = 1\n\n')
  await alice.keyboard.type('```')
  await alice.keyboard.press('Enter')
  await expect(composer(alice)).toHaveValue('')
  const said = messages(alice).getByRole('article').filter({ hasText: 'const one = 1' })
  await expect(said.locator('pre')).toHaveText(/const one = 1/)

  await said.getByRole('button', { name: 'Edit' }).press('Enter')
  const editor = messages(alice).getByRole('textbox')
  await editor.fill('~~~')
  await editor.press('Enter')
  await editor.pressSequentially('edited')
  await expect(editor).toHaveValue('~~~\nedited')
  await editor.press('Control+Enter')
  await expect(editor).toHaveCount(0)
  await expect(messages(alice).locator('pre')).toHaveText(/edited/)
})

test('D1: who chooses Ctrl-Enter sends and saves with that alone, in every tab, and is told so', async ({
  alice,
}) => {
  await createRoom(alice, 'Closed', something('Keys'))
  const second = await alice.context().newPage()
  await second.goto(alice.url())
  await expect(composer(second)).toBeVisible()
  await expect(composer(second)).toHaveAttribute('enterkeyhint', 'send')
  await openStatusMenu(alice)
  const setting = alice.getByRole('menuitemcheckbox', { name: 'Send with Ctrl-Enter' })
  await expect(setting).not.toBeChecked()
  expect(await violations(alice)).toEqual([])
  await setting.click()
  await expect(composer(second)).toHaveAttribute('enterkeyhint', 'enter')

  const text = something('Not sent by Enter')
  await composer(second).fill(text)
  await composer(second).press('Enter')
  await composer(second).pressSequentially('but by Ctrl-Enter')
  await expect(composer(second)).toHaveValue(`${text}\nbut by Ctrl-Enter`)
  await composer(second).press('Control+Enter')
  await expect(composer(second)).toHaveValue('')
  await expect(messages(alice).getByText(`${text}\nbut by Ctrl-Enter`)).toHaveCount(1)

  const said = messages(alice).getByRole('article').filter({ hasText: text })
  await said.getByRole('button', { name: 'Edit' }).press('Enter')
  const editor = said.getByRole('textbox')
  await expect(editor).toHaveAccessibleDescription('Ctrl-Enter saves, Escape cancels.')
  await editor.press('Enter')
  await editor.pressSequentially('and edited')
  await editor.press('Control+Enter')
  await expect(editor).toHaveCount(0)
  await expect(said).toContainText('and edited')

  await alice.reload()
  await composer(alice).press('Control+/')
  const keys = alice.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(told(keys, 'Send, save')).toHaveText('CtrlEnter')
  await expect(told(keys, 'New line')).toHaveText('EnterShiftEnter')
  await alice.keyboard.press('Escape')
  await openStatusMenu(alice)
  await expect(setting).toBeChecked()
  await setting.click()
  await composer(second).press('Control+/')
  const others = second.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(told(others, 'Send, save')).toHaveText('EnterCtrlEnter')
  await expect(told(others, 'New line')).toHaveText('ShiftEnter')
  expect(await violations(second)).toEqual([])
})

test('D1: while an input method composes, Enter confirms and sends nothing, with either key to send', async ({
  alice,
}) => {
  const keyboard = await alice.context().newCDPSession(alice)
  const mark = something('ime')
  /** What an input method gives the page when its user confirms with Enter. */
  async function confirm(text: string, modifiers = 0): Promise<void> {
    await keyboard.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
    // The key takes another way to the page, and must not overtake what it confirms.
    await expect(composer(alice)).toHaveValue(`${mark} ${text}`)
    const enter = { key: 'Enter', code: 'Enter', modifiers }
    await keyboard.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      ...enter,
      windowsVirtualKeyCode: 13,
    })
    await keyboard.send('Input.insertText', { text })
    // Safari ends the composition first; then only the key code tells.
    await keyboard.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      ...enter,
      windowsVirtualKeyCode: 229,
    })
    await keyboard.send('Input.dispatchKeyEvent', {
      type: 'keyUp',
      ...enter,
      windowsVirtualKeyCode: 13,
    })
  }
  await composer(alice).fill(`${mark} `)
  await confirm('日本')
  await expect(composer(alice)).toHaveValue(`${mark} 日本`)
  await composer(alice).press('Enter')
  await sees(alice, `${mark} 日本`)

  await choose(alice, 'Send with Ctrl-Enter')
  await expect(composer(alice)).toHaveAttribute('enterkeyhint', 'enter')
  await composer(alice).fill(`${mark} `)
  await confirm('語', CTRL)
  await expect(composer(alice)).toHaveValue(`${mark} 語`)
  await composer(alice).press('Control+Enter')
  await sees(alice, `${mark} 語`)
  await choose(alice, 'Send with Ctrl-Enter')
  await expect(composer(alice)).toHaveAttribute('enterkeyhint', 'send')
})

test('D11: the last 200 characters are counted as people count, and what is too long is refused in its place', async ({
  alice,
}) => {
  await createRoom(alice, 'Closed', something('Long'))
  const most = 10_240
  const family = '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}\u200d\u{1F466}'
  const send = alice.getByRole('button', { name: 'Send' })
  await composer(alice).fill('x'.repeat(most - 200))
  await expect(alice.getByText('characters left')).toHaveCount(0)
  await composer(alice).press('End')
  await composer(alice).press('y')
  await expect(composer(alice)).toHaveAccessibleDescription('199 characters left')
  await composer(alice).fill('x'.repeat(most - 2))
  await expect(composer(alice)).toHaveAccessibleDescription('2 characters left')
  await composer(alice).press('End')
  for (const left of ['1 character left', '0 characters left']) {
    await alice.keyboard.insertText(family)
    await expect(composer(alice)).toHaveAccessibleDescription(left)
  }
  await alice.keyboard.insertText(family)
  const tooLong = '1 character too long. Shorten it, or send it in parts.'
  await expect(composer(alice)).toHaveAccessibleDescription(tooLong)
  await expect(composer(alice)).toHaveAttribute('aria-invalid', 'true')
  expect(await violations(alice)).toEqual([])
  await composer(alice).press('Enter')
  await expect(send).toBeDisabled()
  await expect(composer(alice)).toHaveValue('x'.repeat(most - 2) + family.repeat(3))
  await composer(alice).fill('x'.repeat(most - 2) + family.repeat(2))
  await composer(alice).press('Enter')
  await expect(composer(alice)).toHaveValue('')
  await expect(messages(alice).getByRole('article')).toHaveCount(1)
  await expect(messages(alice).getByText('Sending')).toHaveCount(0)
  await expect(messages(alice).getByText('Not sent')).toHaveCount(0)

  // The same where it is edited.
  const said = messages(alice).getByRole('article')
  await said.getByRole('button', { name: 'Edit' }).press('Enter')
  const editor = said.getByRole('textbox')
  await expect(editor).toHaveAccessibleDescription(/0 characters left/)
  await editor.press('End')
  await editor.press('z')
  await expect(editor).toHaveAccessibleDescription(/1 character too long/)
  await expect(said.getByRole('button', { name: 'Save' })).toBeDisabled()
  await editor.press('Escape')
})

test('D11: a megabyte that is pasted freezes nothing, and is refused in its place', async ({
  alice,
}) => {
  await createRoom(alice, 'Closed', something('Pasted'))
  const pasted = 'नि and so on\n'.repeat(90_000)
  await composer(alice).focus()
  await alice.evaluate((text) => {
    const field = document.activeElement as HTMLTextAreaElement
    field.setRangeText(text, 0, 0, 'end')
    field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }))
  }, pasted)
  await expect(alice.getByText('Too long for one message').first()).toBeVisible()
  await alice.keyboard.type('abc')
  await composer(alice).press('Enter')
  expect(await composer(alice).inputValue()).toHaveLength(pasted.length + 3)
  await composer(alice).fill('')
  await expect(alice.getByText('Too long for one message')).toHaveCount(0)
})

test('a closed room is not shown to somebody outside it', async ({ alice, bob }) => {
  await openRoom(alice, 'Design')
  const address = alice.url()
  await expect(bob.getByRole('navigation', { name: 'Rooms' }).getByText('General')).toBeVisible()
  await expect(bob.getByRole('navigation', { name: 'Rooms' }).getByText('Design')).toHaveCount(0)
  await bob.goto(address)
  await expect(bob.getByText('There is no such room')).toBeVisible()
})

/** The row of General while something is written there and not sent. */
function pencil(page: Page): Locator {
  return rooms(page).getByRole('link', { name: /^General draft/ })
}

function answered(page: Page): Locator {
  return page.getByRole('region', { name: 'Replying to' })
}

/** The keys that a sheet tells for something. */
function told(keys: Locator, what: string): Locator {
  return keys.locator('dt', { hasText: what }).locator('xpath=following-sibling::dd')
}
