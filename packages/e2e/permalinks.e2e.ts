import type { Page } from '@playwright/test'
import { fillSignIn, messages, signIn, something, waitUntilLive } from './actions.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { longRoom, openRead, type LongRoom } from './long-room.ts'
import { frames, topOfView, wheelPast } from './place.ts'

const NO_SUCH_MESSAGE = 'There is no such message'

test('C17: the address of a message opens its room around it, marks it once, and loads both ways; back and forward lead where one was', async ({
  alice,
  stack,
}) => {
  const room = await longRoom(stack, {
    name: something('Linked'),
    count: 600,
    people: { alice: 600 },
  })
  await openRead(alice, room)
  await messages(alice).hover()
  await alice.mouse.wheel(0, -500)
  await frames(alice, 15)
  const before = await topOfView(alice)

  await follow(alice, `/rooms/${room.id}/300`)
  const linked = row(alice, room, 300)
  await expect(linked).toBeInViewport({ ratio: 1 })
  await expect(mark(alice)).toContainText(room.textOf(300))
  await expect(linked).toBeFocused()
  await expect(alice.getByRole('status').filter({ hasText: /^Message from .*Carol/ })).toHaveCount(
    1,
  )
  expect(await fromMiddle(alice, room, 300)).toBeLessThan(60)
  expect(await violations(alice)).toEqual([])
  await expect(mark(alice)).toHaveCount(0)
  await wheelPast(alice, 200, -2_000)
  await wheelPast(alice, 420, 2_000)

  await frames(alice, 15)
  const left = await topOfView(alice)
  await alice.goBack()
  await expect.poll(() => topOf(alice, before.id)).toBeCloseTo(before.top, 0)
  await alice.goForward()
  await expect.poll(() => topOf(alice, left.id)).toBeCloseTo(left.top, 0)
  // It was marked when the link was followed, and is not again.
  await expect(mark(alice)).toHaveCount(0)

  await alice.goto(`${stack.web}/rooms/${room.id}/10`)
  await expect(row(alice, room, 10)).toBeInViewport({ ratio: 1 })
  await expect(mark(alice)).toContainText(room.textOf(10))
  await expect(row(alice, room, 10)).toBeFocused()
})

test('C17: outside, a wrong number and a room that does not exist are the same page; signing in returns to the message', async ({
  newPage,
  stack,
}) => {
  const room = await longRoom(stack, {
    name: something('Behind a link'),
    count: 120,
    people: { bob: 120 },
  })
  const page = await newPage()
  await page.goto(`${stack.web}/rooms/${room.id}/30`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(
    page,
    'bob@example.com',
    stack.people.find(({ email }) => email === 'bob@example.com')!.password,
  )
  // It is marked for a moment only.
  await expect(mark(page)).toContainText(room.textOf(30))
  await expect(page).toHaveURL(`${stack.web}/rooms/${room.id}/30`)
  await expect(row(page, room, 30)).toBeInViewport({ ratio: 1 })
  await waitUntilLive(page)

  const shown: string[] = []
  const open = async (page: Page, path: string) => {
    await page.goto(`${stack.web}${path}`)
    await expect(page.getByRole('heading', { name: NO_SUCH_MESSAGE })).toBeVisible()
    shown.push(await page.getByRole('main').innerText())
  }
  for (const seq of ['500', '0', '999999999999999', 'x', '-1'])
    await open(page, `/rooms/${room.id}/${seq}`)
  await open(page, '/rooms/0190ffff-0000-7000-8000-00000000ffff/30')
  const mallory = await signIn(await newPage(), stack, 'mallory')
  await open(mallory, `/rooms/${room.id}/30`)
  expect(new Set(shown).size).toBe(1)
})

test('C17: the address of a message is copied from its actions', async ({ bob, stack }) => {
  const room = await longRoom(stack, {
    name: something('To copy'),
    count: 40,
    people: { bob: 40 },
  })
  await bob.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await openRead(bob, room)
  await row(bob, room, 39).hover()
  await row(bob, room, 39).getByRole('button', { name: 'Copy link' }).click()
  await expect(bob.getByText('The link to this message is copied.')).toBeVisible()
  const address = await bob.evaluate(() => navigator.clipboard.readText())
  expect(address).toBe(`${stack.web}/rooms/${room.id}/39`)
})

/** As by a link in the page, so that there is a way back. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((path) => {
    history.pushState({}, '', path)
    dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  }, path)
}

function row(page: Page, room: LongRoom, seq: number) {
  const text = page.getByText(room.textOf(seq), { exact: true })
  return messages(page).getByRole('article').filter({ has: text })
}

function mark(page: Page) {
  return messages(page).locator('[data-marked]')
}

/** How many pixels below the upper edge of the view this message is. */
async function topOf(page: Page, id: string | undefined): Promise<number> {
  return messages(page).evaluate((pane, id) => {
    const top = pane.querySelector(`[data-message-id="${id}"]`)?.getBoundingClientRect().top
    return (top ?? Number.NaN) - pane.getBoundingClientRect().top
  }, id)
}

/** How many pixels the middle of a message is from the middle of the view. */
async function fromMiddle(page: Page, room: LongRoom, seq: number): Promise<number> {
  const [pane, place] = [
    await messages(page).boundingBox(),
    await row(page, room, seq).boundingBox(),
  ]
  return Math.abs(middle(pane) - middle(place))
}

function middle(box: { y: number; height: number } | null): number {
  return (box?.y ?? 0) + (box?.height ?? 0) / 2
}
