import { addMember } from '@conclave/shared/members'
import { postMessage } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import { moveRead } from '@conclave/shared/rooms'
import { createRoom } from '@conclave/shared/rooms.create'
import { v7 as uuidv7 } from 'uuid'
import { messages, openRoom, rooms, say, sees, something } from './actions.ts'
import { callAs } from './api-client.ts'
import { expect, test } from './fixtures.ts'

test('a long history loads upwards to its first word, and one key leads back down', async ({
  alice,
  stack,
}) => {
  // A separate room: in General it would leave everybody else with a screenful of unread messages.
  const asCarol = await callAs(stack, 'carol')
  const asAlice = await callAs(stack, 'alice')
  const room = await asCarol(createRoom, { body: { kind: 'closed', name: 'Archive' } })
  const inRoom = { params: { roomId: room.id } }
  const me = await asAlice(getMe, {})
  await asCarol(addMember, { ...inRoom, body: { personId: me.id } })
  const first = something('The very first word')
  const last = something('The last of many')
  const texts = [first, ...Array.from({ length: 120 }, () => something('One of many')), last]
  for (const text of texts) await asCarol(postMessage, { ...inRoom, body: { id: uuidv7(), text } })
  await asAlice(moveRead, { ...inRoom, body: { seq: texts.length } })

  // Until her page knows that she has read it all, the room opens at its first message.
  await expect(rooms(alice).getByRole('link', { name: 'Archive', exact: true })).toBeVisible()
  await openRoom(alice, 'Archive')
  await sees(alice, last)
  await messages(alice).hover()
  await expect(async () => {
    await alice.mouse.wheel(0, -4_000)
    await expect(messages(alice).getByText(first)).toBeVisible({ timeout: 200 })
  }).toPass()
  // However long the history is, the page keeps only a screenful and a margin.
  expect(await messages(alice).getByRole('article').count()).toBeLessThan(60)

  await alice.getByRole('button', { name: /Jump to latest/ }).press('Enter')
  await sees(alice, last)
  // The button disappears, but the focus is not lost.
  await expect(messages(alice)).toBeFocused()
})

test('a message too long for one event of the broker still arrives', async ({ alice, bob }) => {
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
