import { composer, openRoom, say, sees, something } from './actions.ts'
import { expect, test } from './fixtures.ts'

test('on a phone there is one pane at a time, and the way back is one tap', async ({
  alice,
  bob,
}) => {
  await alice.setViewportSize({ width: 360, height: 740 })
  await expect(composer(alice)).toBeVisible()
  await expect(alice.getByRole('navigation', { name: 'Rooms' })).toBeHidden()
  await alice.getByRole('link', { name: /rooms/i }).first().click()
  await expect(composer(alice)).toHaveCount(0)
  await openRoom(alice, 'General')
  const text = something('Sent from the tram')
  await composer(alice).fill(text)
  await alice.getByRole('button', { name: 'Send' }).click()
  await sees(bob, text)
  const overflow = await alice.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBe(0)
})

test('a conversation can be had by keyboard alone', async ({ alice, bob }) => {
  await composer(alice).focus()
  await alice.keyboard.press('Alt+ArrowUp')
  await expect(alice.getByRole('heading', { level: 1 })).not.toHaveText('General')
  await alice.keyboard.press('Alt+ArrowDown')
  await expect(alice.getByRole('heading', { level: 1, name: 'General' })).toBeVisible()
  await expect(composer(alice)).toBeFocused()
  const text = something('Without a mouse')
  await alice.keyboard.type(text)
  await alice.keyboard.press('Enter')
  await sees(bob, text)
  await expect(composer(alice)).toBeFocused()
  await say(bob, something('Well done'))
})
