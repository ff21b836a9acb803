import { channelName } from '@conclave/shared/channels'
import { editMessage } from '@conclave/shared/edits'
import { addMember } from '@conclave/shared/members'
import { postMessage } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import { setReaction } from '@conclave/shared/reactions'
import { removeMessage } from '@conclave/shared/removals'
import { createRoom } from '@conclave/shared/rooms.create'
import { v7 } from 'uuid'
import { choose, composer, messages, openRoom, say, sees, something } from './actions.ts'
import { callAs } from './api-client.ts'
import { expect, test } from './fixtures.ts'
import { canariesOf, seenIn } from './vendor-canaries.ts'

/** The broker's record of every stack is searched again when its tests are over: fixtures.ts. */
test('the broker has seen no text, name, e-mail address or Auth0 id of this run', async ({
  alice,
  bob,
  stack,
  vendor,
}) => {
  const text = something('Nobody but us reads this')
  await say(alice, text)
  await sees(bob, text)
  await choose(alice, 'Busy')
  await expect(bob.getByTitle('Alice Meyer, Busy').first()).toBeVisible()

  const record = await vendor.record()
  const canaries = await canariesOf(stack)
  // The search proves something only if the record is large, and if it finds what is there.
  expect(record.length).toBeGreaterThan(10_000)
  expect(record).toContain('private-encrypted-room-')
  expect(canaries).toEqual(expect.arrayContaining([text, 'Alice Meyer', 'Tanaka', 'General']))
  expect(seenIn(`${record} ${text}`, canaries)).toEqual([text])
  expect(seenIn(record, canaries)).toEqual([])
})

test('nor what a message said before it was edited or removed, what is quoted, reacted with, searched for or written and not sent', async ({
  alice,
  bob,
  stack,
  vendor,
}) => {
  const [asAlice, asBob] = [await callAs(stack, 'alice'), await callAs(stack, 'bob')]
  const [name, before, after] = [something('Our room'), something('First'), something('Better')]
  const [gone, moderated, answer] = [something('Gone'), something('Not here'), something('Answer')]
  const [sought, unsent] = [something('Where was it'), something('Not yet')]
  const secrets = [name, before, after, gone, moderated, answer, sought, unsent]
  const emoji = '👩🏽‍🚀'
  const { id: roomId, epoch } = await asAlice(createRoom, { body: { kind: 'closed', name } })
  const params = { roomId }
  const { id: bobId } = await asBob(getMe, {})
  await asAlice(addMember, { params, body: { personId: bobId } })
  for (const page of [alice, bob]) await openRoom(page, name)
  const publishes = await vendor.publishesTo(channelName({ kind: 'room', roomId, epoch }))

  // Each is on a screen before it is changed, so that it has been published.
  const said = async (call: typeof asAlice, text: string, more: object = {}) => {
    const message = await call(postMessage, { params, body: { id: v7(), text, ...more } })
    await sees(alice, text)
    return message
  }
  const first = await said(asAlice, before)
  await said(asBob, answer, { replyTo: first.id })
  const ofFirst = { roomId, messageId: first.id }
  await asBob(setReaction, { params: ofFirst, body: { emoji, reacted: true } })
  await asAlice(editMessage, { params: ofFirst, body: { text: `<@${bobId}> <!room> ${after}` } })
  for (const [call, text] of [
    [asAlice, gone],
    [asBob, moderated],
  ] as const) {
    const { id: messageId } = await said(call, text)
    await asAlice(removeMessage, { params: { roomId, messageId } })
    await expect(messages(bob).getByText(text, { exact: true })).toHaveCount(0)
  }
  await composer(bob).fill(unsent)
  await alice.keyboard.press('Control+f')
  await alice.getByRole('searchbox', { name: 'Search messages' }).fill(sought)
  await expect(alice.getByText('No message in your rooms matches this.')).toBeVisible()

  const record = await vendor.record()
  expect((await publishes()).length).toBeGreaterThan(6)
  const canaries = [...secrets, emoji]
  expect(seenIn(`${record} ${gone} ${emoji}`, canaries)).toEqual([gone, emoji])
  expect(seenIn(record, canaries)).toEqual([])
})
