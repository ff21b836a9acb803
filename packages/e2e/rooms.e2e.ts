import type { Stack } from '@conclave/dev-stack/stack'
import { getMe } from '@conclave/shared/people'
import { createRoom as createRoomEndpoint } from '@conclave/shared/rooms.create'
import postgres from 'postgres'
import {
  addToRoom,
  createRoom,
  fillSignIn,
  openRoom,
  rooms,
  say,
  sees,
  signIn,
  something,
  waitUntilLive,
} from './actions.ts'
import { callByEmail, signUp } from './api-client.ts'
import { expect, test } from './fixtures.ts'

test('an open room is found and joined by somebody else, who reads what was said before', async ({
  alice,
  bob,
}) => {
  const name = something('Lunch')
  const before = something('Said before anybody came')
  await createRoom(alice, 'Open', name)
  await say(alice, before)
  await rooms(bob).getByRole('link', { name: 'Browse rooms' }).click()
  await expect(bob.getByRole('list', { name: 'Open rooms' }).getByText(name)).toBeVisible()
  await bob.getByRole('button', { name: `Join ${name}` }).click()
  await expect(rooms(bob).getByRole('link', { name })).toBeVisible()
  await sees(bob, before)
  const after = something('Here I am')
  await say(bob, after)
  await sees(alice, after)
  await expect(alice.getByRole('link', { name: '2 members' })).toBeVisible()
})

test('a long directory mounts only what is in view, loads more on the way, and is searched on the server', async ({
  alice,
  stack,
}) => {
  const { database } = stack
  const rare = something('Zymurgy')
  const sql = postgres(database, { max: 1 })
  await sql`
    insert into rooms (kind, name)
    select 'open', 'zz many ' || lpad(nth::text, 3, '0') from generate_series(1, 120) nth`
  await sql`insert into rooms (kind, name) values ('open', ${`zzz ${rare}`})`
  await sql.end()
  await rooms(alice).getByRole('link', { name: 'Browse rooms' }).click()
  const list = alice.getByRole('list', { name: 'Open rooms' })
  await expect(list.getByRole('listitem').first()).toHaveAttribute('aria-posinset', /\d/)
  expect(await list.getByRole('listitem').count()).toBeLessThan(50)
  await expect(list.getByText(rare)).toHaveCount(0)
  // By keyboard: the focus takes the list along, and pages are loaded before their place is reached.
  await list.getByRole('button').first().focus()
  await expect(async () => {
    await alice.keyboard.press('Tab')
    await expect(list.getByText(rare)).toBeVisible({ timeout: 10 })
  }).toPass({ intervals: [10] })
  expect(await list.getByRole('listitem').count()).toBeLessThan(50)
  await expect(list.locator(':focus')).toHaveCount(1)

  await alice.getByLabel('Find a room').fill(rare.toUpperCase())
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await expect(list.getByText(rare)).toBeVisible()
  await expect(alice.getByText('1 room found')).toBeAttached()
  await alice.getByLabel('Find a room').fill('nobody calls a room so')
  await expect(alice.getByText('No open room has')).toBeVisible()
  await alice.getByLabel('Find a room').fill('')
  await expect(list.getByText('General')).toBeVisible()
})

test('a long list of rooms stays where it is scrolled to, and every click opens the row under the pointer', async ({
  newPage,
  stack,
}) => {
  const ruth = { name: 'Ruth Zander', email: 'ruth@example.com', password: 'in-many-rooms' }
  const names = await inManyRooms(stack, ruth, 150)
  const page = await newPage()
  await page.goto(stack.web)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(page, ruth.email, ruth.password)
  await waitUntilLive(page)
  const pane = rooms(page)
  // The first hundred are there before the code that draws the others.
  await expect(pane.getByRole('listitem').first()).toHaveAttribute('aria-setsize', '151')
  for (const name of [names[40]!, names[140]!, names[3]!, names[90]!]) {
    // From the row that was clicked last, straight on to another one, with no pause for anything to settle.
    await pane.evaluate((nav, nth) => nav.scrollTo(0, nth * 32 - 200), names.indexOf(name))
    await pane.getByRole('link', { name, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  }

  // Scrolled away from the open room, the list stays there although the open room gets another place.
  await pane.evaluate((nav) => nav.scrollTo(0, 100))
  const call = await callByEmail(stack, ruth.email)
  await call(createRoomEndpoint, { body: { kind: 'closed', name: something('000') } })
  await expect(pane.getByRole('listitem').first()).toHaveAttribute('aria-setsize', '152')
  expect(await pane.evaluate((nav) => nav.scrollTop)).toBe(100)
})

test('while rooms come and go, a long list of them stays where it was scrolled to, and takes clicks while it scrolls', async ({
  alice,
  newPage,
  stack,
}) => {
  const mallory = await signIn(await newPage(), stack, 'mallory')
  const sql = postgres(stack.database, { max: 1 })
  await sql`
    with added as (
      insert into rooms (kind, name)
      select 'closed', 'zy long ' || lpad(nth::text, 3, '0') from generate_series(1, 150) nth
      returning id
    )
    insert into memberships (room_id, person_id, role, read_seq, joined_at)
    select added.id, people.id, 'member', 0, now() from added, people where people.name = 'Mallory Voss'`
  await sql.end()
  await mallory.reload()
  const list = rooms(mallory)
  await expect(list.getByRole('listitem').first()).toHaveAttribute('aria-posinset', '1')
  await list.evaluate((nav) => nav.scrollTo(0, nav.scrollHeight))
  await openRoom(mallory, 'zy long 150')
  await mallory.reload()
  await expect(list.getByRole('link', { name: 'zy long 150' })).toBeInViewport()

  // Rooms come and go while she looks at the beginning.
  await list.evaluate((nav) => nav.scrollTo(0, 0))
  await expect(list.getByRole('link', { name: 'zy long 001' })).toBeInViewport()
  const name = something('Aardvark')
  await createRoom(alice, 'Closed', name)
  await addToRoom(alice, 'Mallory Voss')
  await expect(list.getByRole('link', { name })).toBeInViewport()

  const isPressable = await list.evaluate((nav) => {
    const scrolled = new Promise((resolve) =>
      nav.addEventListener('scroll', () => requestAnimationFrame(resolve), { once: true }),
    )
    nav.scrollTo(0, 500)
    return scrolled.then(() => document.elementFromPoint(100, 300)?.closest('a') !== null)
  })
  expect(isPressable).toBe(true)
})

test('a closed room is in nobody else’s directory, and its address leads nowhere', async ({
  alice,
  newPage,
  stack,
}) => {
  const closed = something('Surprise party')
  const open = something('Announcements')
  await createRoom(alice, 'Closed', closed)
  const address = alice.url()
  await createRoom(alice, 'Open', open)
  const mallory = await signIn(await newPage(), stack, 'mallory')
  await rooms(mallory).getByRole('link', { name: 'Browse rooms' }).click()
  const list = mallory.getByRole('list', { name: 'Open rooms' })
  await expect(list.getByText(open)).toBeVisible()
  await expect(list.getByText(closed)).toHaveCount(0)
  await mallory.goto(address)
  await expect(mallory.getByText('There is no such room')).toBeVisible()
  await mallory.goto(`${address}/members`)
  await expect(mallory.getByText('There is no such room')).toBeVisible()
  await expect(mallory.getByText('Alice Meyer')).toHaveCount(0)
})

test('a room needs a name that is more than spaces', async ({ alice }) => {
  await rooms(alice).getByRole('link', { name: 'Browse rooms' }).click()
  await alice.getByRole('link', { name: 'New room' }).click()
  const create = alice.getByRole('button', { name: 'Create the room' })
  await alice.getByLabel('Name').fill('   ')
  await expect(create).toBeDisabled()
  await alice.getByLabel('Name').fill(something('Named'))
  await expect(create).toBeEnabled()
})

/** Somebody new, in so many rooms and in General; returns the rooms' names in their order. */
async function inManyRooms(
  stack: Stack,
  person: { name: string; email: string; password: string },
  count: number,
): Promise<string[]> {
  await signUp(stack, person)
  const { id } = await (await callByEmail(stack, person.email))(getMe, {})
  const sql = postgres(stack.database, { max: 1 })
  const names = Array.from({ length: count }, (_, nth) => `A room ${String(nth).padStart(3, '0')}`)
  await sql`
    with made as (
      insert into rooms (kind, name) select 'closed', unnest(${names}::text[]) returning id
    )
    insert into memberships (room_id, person_id, role, read_seq, joined_at)
    select id, ${id}, 'member', 0, now() from made`
  await sql.end()
  return names
}
