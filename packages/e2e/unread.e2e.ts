import { postMessage } from '@conclave/shared/messages'
import { listRooms, moveRead } from '@conclave/shared/rooms'
import { v7 } from 'uuid'
import {
  openMembers,
  openRoom,
  rooms,
  say,
  sees,
  signIn,
  something,
  waitUntilLive,
} from './actions.ts'
import { callAs } from './api-client.ts'
import { expect, test } from './fixtures.ts'

test('a room with unread messages is marked, and reading clears the mark in every tab', async ({
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

test('a message I post with another client is unread for others, but not for me, also after a reload', async ({
  alice,
  bob,
  stack,
}) => {
  for (const page of [alice, bob]) {
    await openRoom(page, 'General')
    await openRoom(page, page === alice ? 'Bob Tanaka' : 'Alice Meyer')
  }
  const mark = { name: /General.*unread/ }
  await expect(rooms(alice).getByRole('link', mark)).toHaveCount(0)
  const call = await callAs(stack, 'alice')
  const { rooms: mine } = await call(listRooms, {})
  const general = mine.find(({ name }) => name === 'General')!
  const params = { roomId: general.id }
  const text = something('Said by a program of hers')
  await call(postMessage, { params, body: { id: v7(), text } })
  await expect(rooms(bob).getByRole('link', mark)).toBeVisible()
  await expect(rooms(alice).getByRole('link', mark)).toHaveCount(0)
  await alice.reload()
  await waitUntilLive(alice)
  await expect(rooms(alice).getByRole('link', { name: 'General' })).toBeVisible()
  await expect(rooms(alice).getByRole('link', mark)).toHaveCount(0)

  // She still gets what Bob sends before it.
  const his = await callAs(stack, 'bob')
  await his(postMessage, { params, body: { id: v7(), text: something('Of his') } })
  await call(postMessage, { params, body: { id: v7(), text: something('Of hers') } })
  await expect(rooms(alice).getByRole('link', mark)).toBeVisible()
  await openRoom(alice, 'General')
  await expect(alice.getByRole('log').getByText('New', { exact: true })).toBeVisible()
  await expect(rooms(alice).getByRole('link', mark)).toHaveCount(0)
})

test('a conversation opens at the first unread message', async ({ bob, newPage, stack }) => {
  // She has read everything that others sent before.
  const call = await callAs(stack, 'mallory')
  const general = (await call(listRooms, {})).rooms.find(({ name }) => name === 'General')!
  await call(moveRead, { params: { roomId: general.id }, body: { seq: general.lastSeq } })
  const text = something('While she is away')
  await openRoom(bob, 'General')
  await say(bob, text)
  await sees(bob, text)
  const mallory = await signIn(await newPage(), stack, 'mallory')
  await expect(mallory.getByRole('log').getByText(/^New/)).toBeVisible()
})

test('on a narrow screen messages count as read only when the members panel does not cover them', async ({
  alice,
  bob,
}) => {
  await openRoom(alice, 'General')
  await openRoom(bob, 'General')
  await alice.setViewportSize({ width: 900, height: 740 })
  const mark = rooms(alice).getByRole('link', { name: /General.*unread/ })
  await openMembers(alice)
  const text = something('Behind the members')
  await say(bob, text)
  await expect(alice.getByText(text).first()).toBeAttached()
  await expect(mark).toBeVisible()
  await alice.reload()
  await waitUntilLive(alice)
  await expect(mark).toBeVisible()

  await alice.setViewportSize({ width: 360, height: 740 })
  await alice.getByRole('link', { name: 'Close members' }).click()
  await sees(alice, text)
  await alice.getByRole('link', { name: 'Back to rooms' }).click()
  await expect(rooms(alice).getByRole('link', { name: 'General' })).toBeVisible()
  await expect(mark).toHaveCount(0)
  await alice.reload()
  await waitUntilLive(alice)
  await expect(rooms(alice).getByRole('link', { name: 'General' })).toBeVisible()
  await expect(mark).toHaveCount(0)
})
