import type { Stack } from '@conclave/dev-stack/stack'
import { channelName } from '@conclave/shared/channels'
import { listRooms } from '@conclave/shared/rooms'
import {
  messages,
  say,
  sees,
  seesInOrder,
  signIn,
  something,
  unsent,
  waitUntilLive,
} from './actions.ts'
import { callAs } from './api-client.ts'
import { brokerOf } from './chaos/broker.ts'
import { expect, test } from './fixtures.ts'

test('the broker dies mid-conversation: messages are still stored, and all arrive once when it is back', async ({
  alice,
  bob,
  stack,
  vendor,
}) => {
  const before = something('Before the broker died')
  await say(alice, before)
  await sees(bob, before)
  await vendor.kill()
  const during = [something('Said into the silence'), something('And again')]
  for (const text of during) {
    await say(alice, text)
    await sees(alice, text)
  }
  await expect(bob.locator('html')).not.toHaveAttribute('data-realtime', 'live')
  await stack.startPusher()
  await waitUntilLive(bob)
  await seesInOrder(bob, [before, ...during])
  const after = something('After it came back')
  await say(bob, after)
  await seesInOrder(alice, [before, ...during, after])
})

test('the api dies mid-conversation: what was sent waits, and arrives once when it is back', async ({
  alice,
  bob,
  stack,
}) => {
  const before = something('Before the api died')
  await say(alice, before)
  await sees(bob, before)
  await stack.killApi()
  const during = something('Sent to nobody yet')
  await say(alice, during)
  await expect(messages(alice).getByText(during)).toHaveCount(1)
  await stack.startApi()
  await sees(bob, during)
  await seesInOrder(alice, [before, during])
  await seesInOrder(bob, [before, during])
})

test('Postgres dies mid-conversation: what was sent waits, and arrives once when it is back', async ({
  alice,
  bob,
  stack,
}) => {
  const before = something('Before Postgres died')
  await say(alice, before)
  await sees(bob, before)
  await stack.killPostgres()
  const during = [something('Nowhere to keep it'), something('Nor this')]
  for (const text of during) await say(alice, text)
  await expect(unsent(alice).first()).toBeVisible()
  await stack.startPostgres()
  await seesInOrder(bob, [before, ...during])
  await seesInOrder(alice, [before, ...during])
})

test('over a network that loses, doubles and reorders events both see the same conversation', async ({
  alice,
  bob,
  stack,
}) => {
  const broker = brokerOf(stack)
  const before = await broker.frames()
  await broker.loseFrames({ drop: 0.2, duplicate: 0.2, reorder: 0.2, seed: 4 })
  const texts: string[] = []
  for (let turn = 1; turn <= 8; turn += 1) {
    for (const page of [alice, bob]) {
      const text = something('Over a bad network')
      texts.push(text)
      await say(page, text)
      await sees(page, text)
    }
  }
  const after = await broker.frames()
  await broker.loseFrames({})
  for (const fault of ['dropped', 'duplicated', 'reordered'] as const)
    expect(after[fault], fault).toBeGreaterThan(before[fault])
  const last = something('Over a good one')
  await say(bob, last)
  await seesInOrder(alice, [...texts, last])
  await seesInOrder(bob, [...texts, last])
})

test('a laptop that slept catches up without a reload', async ({ alice, bob }) => {
  const before = something('Before the lid closed')
  await say(alice, before)
  await sees(bob, before)
  await bob.context().setOffline(true)
  await expect(bob.locator('html')).toHaveAttribute('data-realtime', 'offline')
  const missed = [something('Missed one'), something('Missed two')]
  for (const text of missed) await say(alice, text)
  await sees(alice, missed[1] ?? '')
  await bob.context().setOffline(false)
  await waitUntilLive(bob)
  await seesInOrder(bob, [before, ...missed])
})

test('messages written offline are sent in order on reconnect', async ({ alice, bob }) => {
  await bob.context().setOffline(true)
  const texts = [something('Written on the train'), something('In the tunnel')]
  for (const text of texts) await say(bob, text)
  await expect(unsent(bob).first()).toBeVisible()
  await bob.context().setOffline(false)
  await seesInOrder(alice, texts)
  await seesInOrder(bob, texts)
})

test('an event lost in a quiet room is noticed within about a minute', async ({
  alice,
  newPage,
  stack,
  vendor,
}) => {
  const page = await newPage()
  await page.clock.install()
  const bob = await signIn(page, stack, 'bob')
  const broker = brokerOf(stack)
  const hasGoneOut = await vendor.publishesTo(await channelOf(stack, 'General'))
  await broker.loseFrames({ drop: 1 })
  const lost = something('Lost on its way')
  await say(alice, lost)
  // Of this room, and to nobody: what is said elsewhere, or who came and went, gets lost just as well.
  await expect.poll(hasGoneOut).toMatchObject([{ recipients: 0 }])
  await broker.loseFrames({})
  await expect(messages(bob).getByText(lost)).toHaveCount(0)
  await expect(bob.locator('html')).toHaveAttribute('data-realtime', 'live')
  // Also if the machine's clock was half an hour fast until now.
  await bob.clock.setSystemTime(Date.now() - 1_800_000)
  await bob.clock.fastForward('01:06')
  await sees(bob, lost)
})

async function channelOf(stack: Stack, name: string): Promise<string> {
  const { rooms } = await (await callAs(stack, 'alice'))(listRooms, {})
  const room = rooms.find((each) => each.name === name)
  if (!room) throw new Error(`alice is in no room called ${name}`)
  return channelName({ kind: 'room', roomId: room.id, epoch: room.epoch })
}
