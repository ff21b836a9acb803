import { choose, openStatusMenu } from './actions.ts'
import { expect, test } from './fixtures.ts'

test('a status is stored, and the others see it live', async ({ alice, bob }) => {
  for (const status of ['Busy', 'Away', 'Available']) {
    await choose(alice, status)
    await expect(alice.getByRole('button', { name: `Alice Meyer, ${status}` })).toBeVisible()
    await expect(bob.getByTitle(`Alice Meyer, ${status}`).first()).toBeVisible()
  }
  await choose(alice, 'Busy')
  await expect(bob.getByTitle('Alice Meyer, Busy').first()).toBeVisible()
  await alice.reload()
  await expect(alice.getByRole('button', { name: 'Alice Meyer, Busy' })).toBeVisible()
  await choose(alice, 'Available')
})

test('a status chosen in one tab is shown in the other', async ({ alice }) => {
  const second = await alice.context().newPage()
  await second.goto(alice.url())
  await choose(second, 'Busy')
  await expect(alice.getByRole('button', { name: 'Alice Meyer, Busy' })).toBeVisible()
  await choose(alice, 'Available')
  await expect(second.getByRole('button', { name: 'Alice Meyer, Available' })).toBeVisible()
})

test('Refresh catches up and says so', async ({ alice }) => {
  await choose(alice, 'Refresh')
  await expect(alice.getByText('Up to date')).toBeVisible()
})

test('the menu works by keyboard alone and gives the focus back', async ({ alice }) => {
  const button = alice.getByRole('button', { name: /^Alice Meyer, / })
  await button.focus()
  await alice.keyboard.press('Enter')
  await expect(alice.getByRole('menu')).toBeVisible()
  await alice.keyboard.press('Escape')
  await expect(alice.getByRole('menu')).toHaveCount(0)
  await expect(button).toBeFocused()
})

test('the menu says what each status does', async ({ alice }) => {
  await openStatusMenu(alice)
  await expect(alice.getByRole('menu')).toContainText('only mentions and replies notify')
  await expect(alice.getByRole('menu')).toContainText('nothing notifies')
})
