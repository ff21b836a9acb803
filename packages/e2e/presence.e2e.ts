import { openRoom, say, sees, signIn, something } from './actions.ts'
import { expect, test } from './fixtures.ts'

test.use({ pages: 'own' })

test('somebody who closes Conclave is shown as offline, and as online once they are back', async ({
  stack,
  alice,
  newPage,
}) => {
  const words = something('hello')
  const bob = await signIn(await newPage(), stack, 'bob')
  await openRoom(alice, 'General')
  await openRoom(bob, 'General')
  await say(bob, words)
  await sees(alice, words)
  const avatar = (how: string) => alice.getByTitle(`Bob Tanaka, ${how}`).last()
  await expect(avatar('Available')).toBeVisible()
  await bob.close()
  await expect(avatar('Offline')).toBeVisible()
  await signIn(await newPage(), stack, 'bob')
  await expect(avatar('Available')).toBeVisible()
})

test('somebody blocked in the dashboard loses access shortly after', async ({ stack, newPage }) => {
  const mallory = await signIn(await newPage(), stack, 'mallory')
  await control(stack.auth0, 'block', 'mallory@example.com')
  await expect(mallory.getByText(/access was removed/)).toBeVisible()
  await control(stack.auth0, 'unblock', 'mallory@example.com')
})

/** What an administrator of the tenant does in its dashboard. */
async function control(auth0: string, name: string, email: string): Promise<void> {
  const url = `${auth0}/__emulator/${name}`
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ email }) })
  expect(response.ok).toBe(true)
}
