import type { Page } from '@playwright/test'
import postgres from 'postgres'
import {
  addToRoom,
  composer,
  confirm,
  createRoom,
  openMembers,
  openRoom,
  rooms,
  say,
  sees,
  signIn,
  something,
} from './actions.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'

test('somebody removed is told at once and receives nothing more; the others miss nothing', async ({
  alice,
  bob,
  newPage,
  stack,
}) => {
  const carol = await signIn(await newPage(), stack, 'carol')
  const name = something('Salaries')
  await createRoom(alice, 'Closed', name)
  await addToRoom(alice, 'Bob Tanaka')
  await addToRoom(alice, 'Carol Okafor')
  for (const page of [bob, carol]) await openRoom(page, name)
  const before = something('While all three are here')
  await say(carol, before)
  await sees(bob, before)
  await composer(bob).fill('a draft that must not stay')

  await takeOut(alice, 'Bob Tanaka')
  await expect(bob.getByText(`You no longer have access to ${name}`)).toBeVisible({
    timeout: 3_000,
  })
  await expect(rooms(bob).getByRole('link', { name })).toHaveCount(0)
  await expect(bob.getByText(before)).toHaveCount(0)
  const texts = [something('Now without him'), something('And another')]
  for (const text of texts) await say(carol, text)
  for (const text of texts) await sees(alice, text)
  await expect(carol.getByText('Offline')).toHaveCount(0)
  for (const text of [...texts, 'a draft that must not stay']) {
    await expect(bob.getByText(text)).toHaveCount(0)
  }
  const drafts = await bob.evaluate(() =>
    [localStorage, sessionStorage].flatMap((storage) => Object.keys(storage)),
  )
  expect(drafts.filter((key) => key.includes('draft'))).toEqual([])

  await bob.getByRole('link', { name: 'Go to your rooms' }).click()
  const elsewhere = something('Still in the others')
  await openRoom(bob, 'General')
  await say(bob, elsewhere)
  await openRoom(carol, 'General')
  await sees(carol, elsewhere)

  await openMembersAndAdd(alice, 'Bob Tanaka')
  await openRoom(bob, name)
  await sees(bob, texts[1] ?? '')
})

test('somebody kept out of an open room cannot join it until a member adds them', async ({
  alice,
  bob,
}) => {
  const name = something('Open house')
  await createRoom(alice, 'Open', name)
  await addToRoom(alice, 'Bob Tanaka')
  await openRoom(bob, name)
  await openMembers(alice)
  await alice.getByRole('button', { name: 'Actions for Bob Tanaka' }).click()
  await alice.getByRole('menuitem', { name: 'Remove from the room…' }).click()
  const dialog = alice.getByRole('alertdialog')
  await expect(dialog).toContainText('they can join again at once')
  await dialog.getByRole('checkbox', { name: /^Keep them out/ }).check()
  await confirm(alice, 'Remove')

  await expect(bob.getByText(`You no longer have access to ${name}`)).toBeVisible()
  await rooms(bob).getByRole('link', { name: 'Browse rooms' }).click()
  const row = bob.getByRole('list', { name: 'Open rooms' }).getByRole('listitem').filter({
    hasText: name,
  })
  await expect(row).toContainText('Only a member can add you again')
  await expect(row.getByRole('button')).toHaveCount(0)

  await openMembersAndAdd(alice, 'Bob Tanaka')
  await expect(row.getByRole('link', { name: /^Open/ })).toBeVisible()
})

test('a member is offered no moderation, and is once they become a moderator', async ({
  alice,
  bob,
  newPage,
  stack,
}) => {
  const mallory = await signIn(await newPage(), stack, 'mallory')
  const name = something('Workshop')
  await createRoom(alice, 'Closed', name)
  await addToRoom(alice, 'Bob Tanaka')
  await addToRoom(alice, 'Mallory Voss')
  await openRoom(bob, name)
  const panel = await openMembers(bob)
  await expect(panel.getByText('Mallory Voss')).toBeVisible()
  await expect(panel.getByRole('button', { name: /^Actions for/ })).toHaveCount(0)
  await expect(panel.getByRole('button', { name: 'Add people' })).toHaveCount(0)

  await openMembers(alice)
  await alice.getByRole('button', { name: 'Actions for Bob Tanaka' }).click()
  await alice.getByRole('menuitemradio', { name: 'Moderator' }).click()
  await expect(panel.getByRole('button', { name: 'Add people' })).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Actions for Alice Meyer' })).toHaveCount(0)
  await openRoom(mallory, name)
  await bob.getByRole('button', { name: 'Actions for Mallory Voss' }).click()
  await bob.getByRole('menuitem', { name: 'Remove from the room…' }).click()
  await confirm(bob, 'Remove')
  await expect(mallory.getByText(`You no longer have access to ${name}`)).toBeVisible()
})

test('leaving removes the room from the list at once; the last owner must make another one first', async ({
  alice,
  bob,
}) => {
  const name = something('Reading club')
  await createRoom(alice, 'Open', name)
  await addToRoom(alice, 'Bob Tanaka')
  await openRoom(bob, name)
  await openMembers(bob)
  await openMembers(alice)
  await alice.getByRole('button', { name: 'Leave the room' }).click()
  const why = alice.getByRole('alertdialog')
  await expect(why).toContainText('Make somebody else an owner first')
  // An action that would be refused is not offered.
  await expect(why.getByRole('button')).toHaveText(['Close'])
  await why.getByRole('button').click()
  await expect(alice.getByRole('alertdialog')).toHaveCount(0)
  await expect(alice.getByRole('button', { name: 'Leave the room' })).toBeFocused()

  await alice.getByRole('button', { name: 'Actions for Bob Tanaka' }).click()
  await alice.getByRole('menuitemradio', { name: 'Owner' }).click()
  await expect(bob.getByRole('button', { name: 'Actions for Alice Meyer' })).toBeVisible()
  await leave(alice)
  await expect(rooms(alice).getByRole('link', { name })).toHaveCount(0)
  await expect(alice.getByRole('heading', { level: 1, name: 'General' })).toBeVisible()
  await expect(bob.getByRole('link', { name: '1 member' })).toBeVisible()
})

test('of a long list of members only what is in view is mounted, and the server searches it', async ({
  alice,
  stack,
}) => {
  const name = something('Everybody')
  await createRoom(alice, 'Closed', name)
  await fill(stack.database, name, 300)
  // Nobody joined, so nothing told the page.
  await alice.reload()
  const panel = await openMembers(alice)
  const members = panel.getByRole('list', { name: 'Members' }).getByRole('listitem')
  await expect(members.first()).toContainText('Alice Meyer')
  await expect(members.first()).toHaveAttribute('aria-setsize', '301')
  expect(await members.count()).toBeLessThan(50)

  await members.nth(3).hover()
  await expect(async () => {
    await alice.mouse.wheel(0, 4_000)
    await expect(panel.getByText('Zz Person 300')).toBeVisible({ timeout: 100 })
  }).toPass({ intervals: [50] })
  expect(await members.count()).toBeLessThan(50)
  expect(await violations(alice)).toEqual([])

  await panel.getByLabel('Find a member').fill('PERSON 277')
  await expect(members).toHaveCount(1)
  await expect(panel.getByText('1 member found')).toBeAttached()
  await panel.getByRole('button', { name: 'Actions for Zz Person 277' }).click()
  await alice.getByRole('menuitemradio', { name: 'Moderator' }).click()
  await expect(members.first()).toContainText('Moderator')
  await panel.getByLabel('Find a member').fill('')
  await expect(members.nth(1)).toContainText('Zz Person 277')
  await panel.getByRole('button', { name: 'Add people' }).click()
  await alice.getByLabel('Find a person').fill('PERSON 277')
  await expect(alice.getByText('Nobody outside this room has “PERSON 277”')).toBeVisible()
  await alice.getByRole('button', { name: 'Done' }).click()
})

test('the field that searches members stays although few are left', async ({ alice, stack }) => {
  const name = something('Shrinking')
  await createRoom(alice, 'Closed', name)
  await fill(stack.database, name, 20)
  await alice.reload()
  const panel = await openMembers(alice)
  const field = panel.getByLabel('Find a member')
  await field.fill('PERSON 007')
  await panel.getByRole('button', { name: 'Actions for Zz Person 007' }).click()
  await alice.getByRole('menuitem', { name: 'Remove from the room…' }).click()
  await confirm(alice, 'Remove')
  await expect(panel.getByText('Nobody here has “PERSON 007”')).toBeVisible()
  await expect(alice.getByRole('link', { name: '20 members' })).toBeVisible()
  await field.fill('')
  await expect(panel.getByText('Zz Person 008')).toBeVisible()
})

/** Adds people to the team and to a room. They are the last by name, so that other tests find their people before them. */
async function fill(database: string, room: string, count: number): Promise<void> {
  const sql = postgres(database, { max: 1 })
  await sql`
    with added as (
      insert into people (auth0_sub, name, email, email_verified, role)
      select 'auth0|' || md5(${room} || n), 'Zz Person ' || lpad(n::text, 3, '0'), md5(${room} || n) || '@example.com', true, 'member'
      from generate_series(1, ${count}::int) n
      returning id
    )
    insert into memberships (room_id, person_id, role, read_seq, joined_at)
    select rooms.id, added.id, 'member', 0, now() from rooms, added where rooms.name = ${room}`
  await sql.end()
}

async function takeOut(page: Page, person: string): Promise<void> {
  await openMembers(page)
  await page.getByRole('button', { name: `Actions for ${person}` }).click()
  await page.getByRole('menuitem', { name: 'Remove from the room…' }).click()
  await confirm(page, 'Remove')
  await expect(page.getByRole('list', { name: 'Members' }).getByText(person)).toHaveCount(0)
}

async function openMembersAndAdd(page: Page, person: string): Promise<void> {
  await page.getByRole('link', { name: 'Close members' }).click()
  await addToRoom(page, person)
}

async function leave(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Leave the room' }).click()
  await confirm(page, 'Leave the room')
}
