import { editMessage } from '@conclave/shared/edits'
import { addMember, removeMember } from '@conclave/shared/members'
import { postMessage } from '@conclave/shared/messages'
import { listPeople } from '@conclave/shared/people'
import { setReaction } from '@conclave/shared/reactions'
import type { Locator, Page } from '@playwright/test'
import { v7 } from 'uuid'
import { composer, messages, openRoom, rooms, sees, something, waitUntilLive } from './actions.ts'
import { callAs } from './api-client.ts'
import { expect, test } from './fixtures.ts'
import { longRoom, openRead } from './long-room.ts'
import { frames, movedBy, seenWhile, topOfView, wheelPast } from './place.ts'

test('E12 E13 E14: a room of 400 unread messages opens at the first of them, is read on downwards, and End leads to the latest', async ({
  alice,
  stack,
}) => {
  const room = await longRoom(stack, {
    name: something('Away for a week'),
    count: 430,
    people: { alice: 30 },
  })
  await alice.reload()
  await waitUntilLive(alice)
  await openRoom(alice, room.name)
  const divider = messages(alice).getByText(/^New/).locator('..')
  // What the system said counts until it is loaded.
  await expect(divider).toHaveText(/New\s*40[01]/)
  await expect(divider).toBeInViewport({ ratio: 1 })
  const first = row(alice, room.textOf(31))
  await expect(first).toBeInViewport({ ratio: 1 })
  await expect(first.getByText('Carol', { exact: false }).first()).toBeInViewport({ ratio: 1 })
  await expect(first.locator('time')).toBeInViewport({ ratio: 1 })
  await expect(row(alice, room.textOf(30))).toBeInViewport()
  const jump = alice.getByRole('button', { name: /^Jump to latest \d+ new$/ })
  await expect(jump).toBeVisible()

  // The position moves with the reader, over pages that were not loaded at first.
  await messages(alice).hover()
  const mark = rooms(alice).getByRole('link', { name: new RegExp(`${room.name}.*unread`) })
  await expect(mark).toBeVisible()
  await wheelPast(alice, 200, 600)
  await expect.poll(() => newOf(alice)).toBeLessThan(300)
  expect(await newOf(alice)).toBeGreaterThan(150)
  await wheelPast(alice, 430, 2_000)
  await expect(mark).toHaveCount(0)
  await expect(jump).toHaveCount(0)

  // The line stays where it was for the whole visit, with what was unread then.
  await wheelPast(alice, 31, -2_000)
  await expect(divider).toHaveText(/New\s*400/)
  await messages(alice).focus()
  await alice.keyboard.press('End')
  await expect(row(alice, room.textOf(430))).toBeInViewport({ ratio: 1 })
  await expect(alice.getByRole('button', { name: /Jump to latest/ })).toHaveCount(0)

  // Who has read everything opens it at the end.
  await openRoom(alice, 'General')
  await openRoom(alice, room.name)
  await expect(row(alice, room.textOf(430))).toBeInViewport({ ratio: 1 })
  await expect(divider).toHaveCount(0)
})

test('E14: who is far above the end is told of new messages, and led to them, and to what they send', async ({
  alice,
  stack,
}) => {
  const room = await longRoom(stack, {
    name: something('Far above'),
    count: 700,
    people: { alice: 700 },
  })
  await openRead(alice, room)
  await messages(alice).hover()
  await wheelPast(alice, 150, -3_000)
  const carol = await callAs(stack, 'carol')
  const say = async (text: string) =>
    carol(postMessage, { params: { roomId: room.id }, body: { id: v7(), text } })
  const [one, two] = [something('One of two'), something('Two of two')]
  await say(one)
  await say(two)
  const jump = alice.getByRole('button', { name: 'Jump to latest 2 new' })
  await expect(jump).toBeVisible()
  await jump.click()
  await expect(row(alice, two)).toBeInViewport({ ratio: 1 })
  await expect(jump).toHaveCount(0)
  // What the list follows is the end again.
  const three = something('Three')
  await say(three)
  await expect(row(alice, three)).toBeInViewport({ ratio: 1 })

  await wheelPast(alice, 150, -3_000)
  const mine = something('Mine from above')
  await composer(alice).fill(mine)
  await composer(alice).press('Enter')
  await expect(row(alice, mine)).toBeInViewport({ ratio: 1 })
  await sees(alice, mine)
})

test('E15: nothing that is read moves by more than a pixel, whatever arrives, loads, is edited or gets a reaction', async ({
  alice,
  stack,
}) => {
  const room = await longRoom(stack, {
    name: something('Hold still'),
    count: 300,
    people: { alice: 300 },
  })
  const carol = await callAs(stack, 'carol')
  await alice.goto(`${stack.web}/rooms/${room.id}/150`)
  await expect(row(alice, room.textOf(150))).toBeInViewport({ ratio: 1 })
  await frames(alice, 15)
  const { id } = await topOfView(alice)
  const top = Array.from({ length: 300 }, (_, nth) => nth + 1).find((seq) => room.idOf(seq) === id)!
  const params = (seq: number) => ({ roomId: room.id, messageId: room.idOf(seq) })
  const react = async (seq: number, emoji: string) => {
    await carol(setReaction, { params: params(seq), body: { emoji, reacted: true } })
  }
  const edit = async (seq: number, text: string) => {
    await carol(editMessage, { params: params(seq), body: { text } })
  }
  const LONG = 'and on, '.repeat(200)

  for (const back of [1, 2, 5]) {
    const moved = await movedBy(alice, async () => {
      await react(top - back, '👀')
      await expect(chip(alice, room.textOf(top - back), '👀')).toHaveCount(1)
    })
    expect(moved, `a reaction ${back} above`).toBeLessThanOrEqual(1)
  }
  const edited = await movedBy(alice, async () => {
    await edit(top - 3, `Reworded ${LONG}`)
    await expect(messages(alice).getByText('Reworded')).toHaveCount(1)
    await edit(top - 3, 'Short again')
    await expect(messages(alice).getByText('Short again')).toHaveCount(1)
  })
  expect(edited, 'an edit above').toBeLessThanOrEqual(1)
  const below = await movedBy(alice, async () => {
    await react(top + 4, '🔥')
    await expect(chip(alice, room.textOf(top + 4), '🔥')).toHaveCount(1)
    await carol(postMessage, { params: { roomId: room.id }, body: { id: v7(), text: 'New' } })
    await expect(alice.getByRole('button', { name: /Jump to latest 1 new/ })).toBeVisible()
    await composer(alice).fill('one\ntwo\nthree\nfour')
    await composer(alice).fill('')
  })
  expect(below, 'what happens below').toBeLessThanOrEqual(1)

  // Older and newer pages come while she reads: by scrolling there and back she has them loaded on the way.
  await messages(alice).hover()
  for (const by of [-900, 900]) {
    await alice.mouse.wheel(0, by)
    await frames(alice, 10)
    const still = await movedBy(alice, () => frames(alice, 30))
    expect(still, 'pages that are loaded').toBeLessThanOrEqual(1)
  }
})

test('F1 C19: thousands of messages scroll both ways, never blank, with few of them mounted; author, time and day can be told', async ({
  alice,
  stack,
}) => {
  const room = await longRoom(stack, {
    name: something('Endless'),
    count: 3_000,
    people: { alice: 3_000 },
  })
  await openRead(alice, room)
  await expect(row(alice, room.textOf(3_000))).toBeInViewport({ ratio: 1 })
  // All of it is of one author, and none of these messages says so: the line above does.
  const line = messages(alice).locator('[data-top-author]')
  await expect(line).toHaveText(/Carol.*\d/)
  const day = messages(alice).locator('[data-floating-day]')
  await expect(day).toHaveCount(0)
  await messages(alice).hover()
  // One turn of the wheel loads what is above, and leaves her where she is.
  await alice.mouse.wheel(0, -300)
  await expect(row(alice, room.textOf(3_000))).not.toBeInViewport()
  await frames(alice, 90)
  expect(await lineAtTop(alice)).toBeGreaterThan(2_950)
  const up = await seenWhile(alice, async () => {
    await wheelPast(alice, 1_900, -4_000)
    // It is there for as long as somebody scrolls.
    await expect(async () => {
      await alice.mouse.wheel(0, -300)
      await expect(day).toHaveText('Today', { timeout: 100 })
    }).toPass({ intervals: [10] })
  })
  expect(up.blankFrames).toBe(0)
  expect(up.mostMounted).toBeLessThan(150)
  const down = await seenWhile(alice, () => wheelPast(alice, 2_600, 4_000))
  expect(down.blankFrames).toBe(0)
  expect(down.mostMounted).toBeLessThan(150)
  await expect(day).toHaveCount(0)
  await expect(line).toHaveText(/Carol.*\d/)
})

test('E12: in an open room the line goes before what came while its reader was away from the end, once all before that was read', async ({
  alice,
  stack,
}) => {
  const room = await longRoom(stack, {
    name: something('Line that follows'),
    count: 90,
    people: { alice: 88 },
  })
  const carol = await callAs(stack, 'carol')
  const say = async (text: string) =>
    carol(postMessage, { params: { roomId: room.id }, body: { id: v7(), text } })
  await alice.reload()
  await waitUntilLive(alice)
  await openRoom(alice, room.name)
  const divider = messages(alice).getByText(/^New/).locator('..')
  const below = divider.locator('xpath=../../following-sibling::div[1]')
  await expect(divider).toHaveText(/New\s*2/)
  await expect(below).toContainText(room.textOf(89))
  const mark = rooms(alice).getByRole('link', { name: new RegExp(`${room.name}.*unread`) })
  await expect(mark).toHaveCount(0)

  for (const count of [4, 2, 1]) {
    await messages(alice).hover()
    await wheelPast(alice, 40, -900)
    await frames(alice, 20)
    const texts = Array.from({ length: count }, () => something(`One of ${count}`))
    const jump = alice.getByRole('button', { name: `Jump to latest ${count} new` })
    const moved = await movedBy(alice, async () => {
      for (const text of texts) await say(text)
      await expect(jump).toBeVisible()
    })
    expect(moved, 'what is read while the line moves').toBeLessThanOrEqual(1)
    await jump.click()
    await expect(row(alice, texts.at(-1)!)).toBeInViewport({ ratio: 1 })
    await expect(divider).toHaveCount(1)
    await expect(divider).toHaveText(new RegExp(`New\\s*${count}`))
    await expect(below).toContainText(texts[0]!)
    await expect(mark).toHaveCount(0)
    // What she sees arrive is not new.
    const seen = something('Seen at once')
    await say(seen)
    await expect(row(alice, seen)).toBeInViewport({ ratio: 1 })
    await expect(divider).toHaveText(new RegExp(`New\\s*${count}`))
  }
})

test('C5 C22 E15: what a reader unfolds at the end stays in its place, and a long message always has its actions in view', async ({
  alice,
  stack,
}) => {
  const room = await longRoom(stack, {
    name: something('Unfolding'),
    count: 60,
    people: { alice: 60 },
  })
  const carol = await callAs(stack, 'carol')
  const params = { roomId: room.id }
  const say = async (text: string) => carol(postMessage, { params, body: { id: v7(), text } })
  const { people } = await carol(listPeople, {})
  const personId = people.find(({ name }) => name === 'Mallory Voss')!.id
  await openRead(alice, room)
  for (let nth = 0; nth < 2; nth += 1) {
    await carol(addMember, { params, body: { personId } })
    await carol(removeMember, { params: { ...params, personId } })
  }
  const changes = messages(alice).getByRole('button', { name: '4 changes in the room' })
  await expect(changes).toBeInViewport({ ratio: 1 })
  await frames(alice, 5)
  expect(await shiftOf(changes, () => changes.click())).toBeLessThanOrEqual(1)
  await expect(messages(alice).getByText('Carol Okafor removed Mallory Voss')).toHaveCount(2)

  const unfoldable = Array.from({ length: 60 }, (_, nth) => `Point ${nth + 1}`).join('\n')
  await messages(alice).focus()
  await alice.keyboard.press('End')
  await say(unfoldable)
  const long = messages(alice).getByRole('article').filter({ hasText: 'Point 60' })
  const more = long.getByRole('button', { name: 'Show more' })
  await expect(more).toBeInViewport({ ratio: 1 })
  await frames(alice, 5)
  const moved = await shiftOf(long, async () => {
    await more.click()
    await expect(long.getByRole('button', { name: 'Show less' })).toBeAttached()
  })
  expect(moved, 'the message that is unfolded').toBeLessThanOrEqual(1)
  // She is in the middle of it now: what arrives does not take her along.
  const later = something('After it')
  const stayed = await shiftOf(long, async () => {
    await say(later)
    await expect(alice.getByRole('button', { name: 'Jump to latest 1 new' })).toBeVisible()
  })
  expect(stayed, 'the message she reads').toBeLessThanOrEqual(1)

  await messages(alice).hover()
  await alice.mouse.wheel(0, 500)
  const top = messages(alice).locator('[data-top-author]')
  await expect(top).toHaveText(/Carol/)
  await frames(alice, 20)
  for (const name of ['Add a reaction', 'Reply', 'Copy link']) {
    const action = long.getByRole('button', { name })
    await expect(action).toBeInViewport({ ratio: 1 })
    const [bar, button] = [await top.boundingBox(), await action.boundingBox()]
    expect(button!.y).toBeGreaterThanOrEqual(bar!.y + bar!.height)
    // Nothing is in front of it.
    await action.click({ trial: true })
  }
})

function row(page: Page, text: string) {
  return messages(page)
    .getByRole('article')
    .filter({ has: page.getByText(text, { exact: true }) })
}

function chip(page: Page, text: string, emoji: string) {
  return row(page, text).getByRole('button', { name: `reacted with ${emoji}` })
}

/** The number of the first line in view. */
async function lineAtTop(page: Page): Promise<number> {
  const { id } = await topOfView(page)
  const text = await messages(page).locator(`[data-message-id="${id}"]`).textContent()
  return Number(/line (\d+)/.exec(text ?? '')?.[1])
}

/** How many new messages the button counts. */
async function newOf(page: Page): Promise<number> {
  const name = await page.getByRole('button', { name: /^Jump to latest/ }).textContent()
  return Number(/\d+/.exec(name ?? '')?.[0])
}

/** How far something is from where it was, once something has happened. */
async function shiftOf(of: Locator, happen: () => Promise<unknown>): Promise<number> {
  const before = await of.boundingBox()
  await happen()
  await frames(of.page(), 10)
  const after = await of.boundingBox()
  return Math.abs((after?.y ?? Infinity) - (before?.y ?? -Infinity))
}
