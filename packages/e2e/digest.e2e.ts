import type { Stack } from '@conclave/dev-stack/stack'
import { type Message, postMessage } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import { everyPage } from '@conclave/shared/pages'
import { listRooms, type Room } from '@conclave/shared/rooms'
import { v7 } from 'uuid'
import { choose, messages, say, sees, something, waitUntilLive } from './actions.ts'
import { callAs } from './api-client.ts'
import { expect, test } from './fixtures.ts'
import { Forger } from './forger.ts'

test.use({ pages: 'own' })

test('what the broker and a member forge together is gone after Refresh, and counted', async ({
  alice,
  stack,
}) => {
  const before = something('Said before it')
  await say(alice, before)
  await sees(alice, before)
  const counted = await mismatches(stack)
  const forged = something('Never said by Carol')
  await forge(stack, forged)
  await sees(alice, forged)

  await choose(alice, 'Refresh')
  await expect(messages(alice).getByText(forged)).toHaveCount(0)
  await sees(alice, before)
  expect(await mismatches(stack)).toBe(counted + 1)

  await choose(alice, 'Refresh')
  await expect(alice.getByText('Up to date').first()).toBeVisible()
  const after = something('Said after it')
  await say(alice, after)
  await sees(alice, after)
  await sees(alice, before)
  expect(await mismatches(stack)).toBe(counted + 1)
})

test('a message whose place was taken by a forged one is there after a reconnect', async ({
  alice,
  stack,
  vendor,
}) => {
  const before = something('Said before it')
  await say(alice, before)
  await sees(alice, before)
  const counted = await mismatches(stack)
  const forged = something('Never said by Carol')
  await forge(stack, forged)
  await sees(alice, forged)

  // It has the revision that Alice's page thinks it already has.
  const hidden = await sayAsBob(stack, something('Really said by Bob'))
  await vendor.kill()
  await expect(alice.locator('html')).not.toHaveAttribute('data-realtime', 'live')
  await stack.startPusher()
  await waitUntilLive(alice)
  await sees(alice, hidden.text)
  await sees(alice, before)
  await expect(messages(alice).getByText(forged)).toHaveCount(0)
  expect(await mismatches(stack)).toBe(counted + 1)

  await alice.reload()
  await sees(alice, hidden.text)
  await sees(alice, before)
  await expect(messages(alice).getByText(forged)).toHaveCount(0)
})

/** Bob gives the broker General's key, and the broker uses it to send a message in Carol's name. */
async function forge(stack: Stack, text: string): Promise<void> {
  const forger = await Forger.of(stack, 'bob', await general(stack))
  const carol = await (await callAs(stack, 'carol'))(getMe, {})
  const envelope = await forger.next(text, { authorId: carol.id })
  expect(await forger.inject(forger.encrypt(envelope))).toBeGreaterThan(0)
}

async function sayAsBob(stack: Stack, text: string): Promise<Message> {
  const call = await callAs(stack, 'bob')
  const { id: roomId } = await general(stack)
  return call(postMessage, { params: { roomId }, body: { id: v7(), text } })
}

async function general(stack: Stack): Promise<Room> {
  const call = await callAs(stack, 'bob')
  const pages = await everyPage((query) => call(listRooms, { query }))
  const room = pages.flatMap(({ rooms }) => rooms).find(({ name }) => name === 'General')
  if (!room) throw new Error('Bob is not in General')
  return room
}

/** How often a reader had to reload a room, as the api counts it. */
async function mismatches(stack: Stack): Promise<number> {
  const text = await (await fetch(`${stack.api}/metrics`)).text()
  return Number(/^conclave_digest_mismatches_total (\d+)$/m.exec(text)?.[1])
}
