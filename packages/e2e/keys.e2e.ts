import { composer, createRoom, messages, say, sees } from './actions.ts'
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
  await alice.screenshot({ path: '/tmp/v7-keys.png' })
  await alice.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
})
