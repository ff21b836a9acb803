import { composer, createRoom, messages, openRoom, say, sees, something } from './actions.ts'
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
  await expect(second.getByRole('button', { name: 'Edit' })).toHaveCount(1)

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
  expect(await violations(alice)).toEqual([])
  await alice.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await messages(alice).focus()
  await alice.keyboard.press('?')
  await expect(sheet).toBeVisible()
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
