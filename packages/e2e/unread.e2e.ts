import { openRoom, say, sees, signIn, something } from './actions.ts'
import { expect, test } from './fixtures.ts'

test('a room with news is marked, reading clears the mark here and in the other tab', async ({
  alice,
  bob,
}) => {
  await openRoom(alice, 'Bob Tanaka')
  await openRoom(alice, 'General')
  const second = await alice.context().newPage()
  await second.goto(alice.url())
  const text = something('Only for Alice')
  await openRoom(bob, 'Alice Meyer')
  await say(bob, text)
  const mark = { name: /Bob Tanaka.*unread/ }
  await expect(alice.getByRole('link', mark)).toBeVisible()
  await expect(second.getByRole('link', mark)).toBeVisible()

  await openRoom(alice, 'Bob Tanaka')
  await sees(alice, text)
  await expect(alice.getByRole('link', mark)).toHaveCount(0)
  await expect(second.getByRole('link', mark)).toHaveCount(0)
  await alice.reload()
  await sees(alice, text)
  await expect(alice.getByRole('link', mark)).toHaveCount(0)
})

test('a conversation opens where the unread begin', async ({ newPage, stack }) => {
  const mallory = await signIn(await newPage(), stack, 'mallory')
  await expect(mallory.getByRole('log').getByText(/^New/)).toBeVisible()
})
