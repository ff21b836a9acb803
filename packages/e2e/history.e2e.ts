import { postMessage } from '@conclave/shared/messages'
import { listRooms } from '@conclave/shared/rooms'
import { v7 as uuidv7 } from 'uuid'
import { messages, say, sees, something } from './actions.ts'
import { callAs } from './api-client.ts'
import { expect, test } from './fixtures.ts'

test('a long history loads upwards to its first word, and one key leads back down', async ({
  alice,
  stack,
}) => {
  const call = await callAs(stack, 'carol')
  const general = (await call(listRooms, {})).rooms.find(({ name }) => name === 'General')
  if (!general) throw new Error('everybody is in General')
  const last = something('The last of many')
  const texts = [...Array.from({ length: 120 }, () => something('One of many')), last]
  for (const text of texts)
    await call(postMessage, { params: { roomId: general.id }, body: { id: uuidv7(), text } })
  await sees(alice, last)

  const first = messages(alice).getByText('Welcome, both. This is ours now', { exact: false })
  await messages(alice).hover()
  await expect(async () => {
    await alice.mouse.wheel(0, -4_000)
    await expect(first).toBeVisible({ timeout: 200 })
  }).toPass({ timeout: 30_000 })
  // However long the history, the page holds a screenful and a margin.
  expect(await messages(alice).getByRole('article').count()).toBeLessThan(60)

  await alice.getByRole('button', { name: /Jump to latest/ }).click()
  await sees(alice, last)
})

test('a message too long for one event of the vendor arrives all the same', async ({
  alice,
  bob,
}) => {
  const words = `${something('A long story')} ${'and then '.repeat(1_000)}end`
  await say(alice, words)
  await sees(bob, words)
  await sees(alice, words)
})

test('a message over the limit is not sent, and is not lost', async ({ alice }) => {
  const words = `${something('Too long')} ${'x'.repeat(10_300)}`
  await alice.getByRole('textbox', { name: /^Message / }).fill(words)
  await expect(alice.getByRole('button', { name: 'Send' })).toBeDisabled()
  await expect(alice.getByRole('textbox', { name: /^Message / })).toHaveValue(words)
  await alice.getByRole('textbox', { name: /^Message / }).fill('')
})
