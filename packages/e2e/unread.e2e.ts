import type { Stack } from '@conclave/dev-stack/stack'
import { addMember, removeMember } from '@conclave/shared/members'
import { postMessage } from '@conclave/shared/messages'
import { listPeople } from '@conclave/shared/people'
import { listRooms, moveRead } from '@conclave/shared/rooms'
import { createRoom } from '@conclave/shared/rooms.create'
import { v7 } from 'uuid'
import {
  choose,
  composer,
  messages,
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

/** A room of Carol's with Alice and Bob in it, all by the api, so that General stays as it is. */
async function aRoom(stack: Stack, name: string) {
  const [carol, bob] = [await callAs(stack, 'carol'), await callAs(stack, 'bob')]
  const { people } = await carol(listPeople, {})
  const idOf = (of: string) => people.find((person) => person.name === of)!.id
  const room = await carol(createRoom, { body: { kind: 'closed', name } })
  const params = { roomId: room.id }
  for (const person of ['Alice Meyer', 'Bob Tanaka'])
    await carol(addMember, { params, body: { personId: idOf(person) } })
  const say = async (text: string) => bob(postMessage, { params, body: { id: v7(), text } })
  return { carol, params, idOf, say }
}

test('E9, H6: mentions are a number in the row, in the title and on the icon, and gone once they are read', async ({
  alice,
  stack,
}) => {
  await openRoom(alice, 'General')
  const { idOf, say: says } = await aRoom(stack, 'Counting')
  const row = (more: string) => rooms(alice).getByRole('link', { name: `Counting ${more}` })
  const icon = alice.locator('link[rel=icon][data-badge]')
  await says('To nobody in particular')
  await expect(row('unread')).toBeVisible()
  await says(`<@${idOf('Alice Meyer')}> look`)
  await says('<!room> look')
  await expect(row('unread, 2 mentions')).toBeVisible()
  await expect(alice).toHaveTitle(/^\(\d+\) General · Conclave$/)
  await expect(icon).toHaveAttribute('data-badge', /^\d+$/)
  await openRoom(alice, 'Counting')
  await sees(alice, 'To nobody in particular')
  await expect(row('')).toHaveAccessibleName('Counting')
  await expect(alice).toHaveTitle(/Counting · Conclave$/)
  await alice.reload()
  await waitUntilLive(alice)
  await expect(row('')).toHaveAccessibleName('Counting')
})

test('E16: a message marked as unread stays so across tabs and focus, under a divider, until the list is scrolled', async ({
  alice,
  stack,
}) => {
  const { say: says } = await aRoom(stack, 'Marking')
  for (let nth = 1; nth <= 30; nth++) await says(`Point ${nth}`)
  await openRoom(alice, 'Marking')
  const row = rooms(alice).getByRole('link', { name: /^Marking/ })
  await messages(alice).focus()
  await alice.keyboard.press('End')
  await expect(row).toHaveAccessibleName('Marking')
  const point = messages(alice).getByRole('article').filter({ hasText: 'Point 28' })
  await point.hover()
  await point.getByRole('button', { name: 'Mark unread from here' }).click()
  await expect(row).toHaveAccessibleName('Marking unread')
  await expect(messages(alice).getByText(/^New/)).toBeVisible()
  const second = await alice.context().newPage()
  await second.goto(alice.url())
  await expect(messages(second).getByText(/^New/)).toBeVisible()
  await second.close()
  await alice.bringToFront()
  await says('Point 31')
  await point.hover()
  await alice.mouse.wheel(0, 400)
  await expect(row).toHaveAccessibleName('Marking')
})

test('E17: Shift-Escape marks everything as read, and for ten seconds that can be undone by keyboard', async ({
  alice,
  stack,
}) => {
  await openRoom(alice, 'General')
  const { say: says } = await aRoom(stack, 'Undoing')
  await says('<!room> are you there?')
  const row = rooms(alice).getByRole('link', { name: /^Undoing/ })
  await expect(row).toHaveAccessibleName(/mention/)
  await alice.keyboard.press('Shift+Escape')
  await expect(row).toHaveAccessibleName('Undoing')
  await expect(alice).toHaveTitle('General · Conclave')
  await expect(alice.locator('link[rel=icon][data-badge]')).toHaveCount(0)
  const toast = alice.getByRole('region', { name: 'Marked as read' })
  const undo = toast.getByRole('button', { name: 'Undo' })
  // With the notices, one below the other.
  await alice.keyboard.press('Shift+Escape')
  const notice = alice.getByText('Nothing is unread')
  const [above, below] = [await toast.boundingBox(), await notice.boundingBox()]
  expect(below?.y).toBeGreaterThan((above?.y ?? 0) + (above?.height ?? 0))
  expect(below?.y).toBeLessThan(200)
  await composer(alice).focus()
  await undo.focus()
  await alice.keyboard.press('Enter')
  await expect(row).toHaveAccessibleName(/mention/)
  await expect(toast).toHaveCount(0)
  await expect(composer(alice)).toBeFocused()
  await choose(alice, 'Mark all as read')
  await expect(row).toHaveAccessibleName('Undoing')
  await expect(alice.getByRole('button', { name: /, (Available|Busy|Away)$/ })).toBeFocused()
  await undo.click()
  await expect(alice.getByRole('button', { name: /, (Available|Busy|Away)$/ })).toBeFocused()
})

test('C22: a room says who was added and who left; more than three in a row are one line that can be opened', async ({
  alice,
  stack,
}) => {
  const { carol, params, idOf, say: says } = await aRoom(stack, 'Coming and going')
  await says('Welcome')
  const mallory = { params: { ...params, personId: idOf('Mallory Voss') } }
  const addMallory = async () =>
    carol(addMember, { params, body: { personId: mallory.params.personId } })
  await addMallory()
  await openRoom(alice, 'Coming and going')
  const log = messages(alice)
  await expect(log.getByText('Carol Okafor added Mallory Voss')).toBeVisible()
  for (let nth = 0; nth < 2; nth++) {
    await carol(removeMember, mallory)
    await addMallory()
  }
  const folded = log.getByRole('button', { name: '5 changes in the room' })
  await expect(folded).toHaveAttribute('aria-expanded', 'false')
  await expect(log.getByText('Carol Okafor removed Mallory Voss')).toHaveCount(0)
  await folded.click()
  await expect(log.getByText('Carol Okafor removed Mallory Voss')).toHaveCount(2)
  await expect(rooms(alice).getByRole('link', { name: /^Coming/ })).toHaveAccessibleName(
    'Coming and going',
  )
})
