import type { Stack } from '@conclave/dev-stack/stack'
import { addMember } from '@conclave/shared/members'
import { listMessages } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import { removeMessage } from '@conclave/shared/removals'
import { getRoom } from '@conclave/shared/rooms'
import { createRoom } from '@conclave/shared/rooms.create'
import { updateWorkspace } from '@conclave/shared/workspace'
import type { Locator, Page } from '@playwright/test'
import postgres from 'postgres'
import {
  composer,
  confirm,
  messages,
  openRoom,
  say,
  sees,
  signIn,
  something,
  waitUntilLive,
  type Name,
} from './actions.ts'
import { callAs } from './api-client.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'

test('C6, C7: Alice edits her message in its place, Bob sees that, and reads what it said before', async ({
  alice,
  bob,
  stack,
}) => {
  await bothIn(stack, 'Edits', { alice, bob })
  const [first, second] = [something('See you at noon'), something('See you at one')]
  await say(alice, first)
  await sees(bob, first)
  await expect(action(bob, first, 'Add a reaction')).toBeAttached()
  await expect(action(bob, first, 'Edit')).toHaveCount(0)
  await action(alice, first, 'Edit').press('Enter')
  await expect(editor(alice)).toBeFocused()
  await expect(editor(alice)).toHaveValue(first)
  expect(await violations(alice)).toEqual([])
  await editor(alice).fill(second)
  await editor(alice).press('Enter')
  await expect(editor(alice)).toHaveCount(0)
  for (const page of [alice, bob]) {
    await expect(messages(page).getByText(first, { exact: true })).toHaveCount(0)
    await sees(page, second)
    await expect(mark(page, second)).toHaveAttribute('title', /^Edited .*\d/)
  }
  await mark(bob, second).press('Enter')
  const dialog = bob.getByRole('dialog', { name: 'Earlier versions' })
  await expect(dialog.getByRole('listitem')).toHaveText([new RegExp(first)])
  expect(await violations(bob)).toEqual([])
  await bob.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(mark(bob, second)).toBeFocused()
  await bob.reload()
  await sees(bob, second)
  await expect(mark(bob, second)).toBeVisible()
})

test('D2: up-arrow in an empty field edits my last message, and Escape leaves everything as it was', async ({
  alice,
  bob,
  stack,
}) => {
  await bothIn(stack, 'Last words', { alice, bob })
  const [mine, theirs] = [something('Mine'), something('Of Bob')]
  await say(alice, mine)
  await sees(bob, mine)
  await say(bob, theirs)
  await sees(alice, theirs)
  // Editing is loaded after the messages are shown.
  await expect(action(alice, mine, 'Edit')).toBeAttached()
  await composer(alice).fill('a draft')
  await composer(alice).press('ArrowUp')
  await expect(editor(alice)).toHaveCount(0)
  await composer(alice).fill('')
  await composer(alice).press('ArrowUp')
  await expect(editor(alice)).toBeFocused()
  await expect(editor(alice)).toHaveValue(mine)
  await alice.keyboard.type(' and more')
  await alice.keyboard.press('Escape')
  await expect(composer(alice)).toBeFocused()
  await sees(alice, mine)
  await composer(alice).press('ArrowUp')
  await expect(editor(alice)).toHaveValue(mine)
  await alice.keyboard.type('!')
  await alice.keyboard.press('Enter')
  await expect(composer(alice)).toBeFocused()
  await sees(bob, `${mine}!`)
})

test('C6: what Alice wrote is not lost when saving fails, after a reload, or when the message is gone', async ({
  alice,
  bob,
  stack,
}) => {
  const { carol, roomId } = await bothIn(stack, 'Unsaved', { alice, bob })
  const text = something('Almost right')
  await say(alice, text)
  await sees(bob, text)
  await action(alice, text, 'Edit').press('Enter')
  await alice.keyboard.type(', and now right')
  const written = `${text}, and now right`
  await alice.context().setOffline(true)
  await alice.keyboard.press('Enter')
  await expect(alice.getByRole('alert')).toHaveText(/^Not saved\. This device is offline\./)
  await expect(editor(alice)).toHaveValue(written)
  await alice.context().setOffline(false)
  await waitUntilLive(alice)
  await alice.reload()
  await expect(editor(alice)).toHaveValue(written)

  // Somebody who moderates the room removes it meanwhile.
  const { messages: all } = await carol(listMessages, { params: { roomId }, query: {} })
  const message = all.find((each) => each.text === text)!
  await carol(removeMessage, { params: { roomId, messageId: message.id } })
  const unsaved = alice.getByRole('region', { name: 'Your unsaved text' })
  await expect(unsaved).toContainText(written)
  await expect(unsaved.getByRole('button', { name: 'Copy text' })).toBeVisible()
  expect(await violations(alice)).toEqual([])
  await unsaved.getByRole('button', { name: 'Discard' }).press('Enter')
  for (const page of [alice, bob]) {
    await expect(messages(page).getByText('Removed by a moderator')).toBeVisible()
    await expect(messages(page).getByText(text)).toHaveCount(0)
  }
})

test('C6: an edit from another device is shown while Alice edits, and nothing is replaced without a word', async ({
  alice,
  bob,
  stack,
}) => {
  await bothIn(stack, 'Two devices', { alice, bob })
  const text = something('One')
  await say(alice, text)
  await sees(bob, text)
  const other = await alice.context().newPage()
  await other.goto(alice.url())
  await sees(other, text)
  await action(alice, text, 'Edit').press('Enter')
  await alice.keyboard.type(' of two')
  await action(other, text, 'Edit').press('Enter')
  await other.keyboard.type(' of three')
  await other.keyboard.press('Enter')
  await sees(bob, `${text} of three`)
  await expect(alice.getByText(/^You changed this message in another place/)).toBeVisible()
  await expect(editor(alice)).toHaveValue(`${text} of two`)
  await editor(alice).press('Enter')
  for (const page of [alice, other, bob]) await sees(page, `${text} of two`)
})

test('C9: Alice deletes her message after one question, and its line says so to everybody', async ({
  alice,
  bob,
  stack,
}) => {
  await bothIn(stack, 'Regrets', { alice, bob })
  const [before, text, after] = [something('Before'), something('Regretted'), something('After')]
  for (const each of [before, text, after]) await say(alice, each)
  await sees(bob, after)
  await expect(action(bob, text, 'Add a reaction')).toBeAttached()
  await expect(action(bob, text, 'Delete')).toHaveCount(0)
  await action(alice, text, 'Delete').press('Enter')
  const question = alice.getByRole('alertdialog', { name: 'Delete this message?' })
  await expect(question).toContainText(text)
  expect(await violations(alice)).toEqual([])
  await alice.keyboard.press('Escape')
  await expect(question).toHaveCount(0)
  await sees(bob, text)
  await action(alice, text, 'Delete').press('Enter')
  await confirm(alice, 'Delete')
  await expect(messages(alice).getByText('You deleted this message')).toBeVisible()
  await expect(messages(bob).getByText('Message deleted')).toBeVisible()
  for (const page of [alice, bob]) {
    await expect(messages(page).getByText(text)).toHaveCount(0)
    // The messages around it are two groups, each with a name.
    const named = row(page, after).locator('bdi').filter({ hasText: 'Alice Meyer' })
    await expect(named).toBeVisible()
  }
  await expect(messages(alice).locator('article:focus')).toContainText('You deleted this message')
  expect(await violations(alice)).toEqual([])
})

test('C9: a day later nothing is left on the screen, and the room is read', async ({
  alice,
  bob,
  stack,
}) => {
  const { roomId, name } = await bothIn(stack, 'Yesterday', { alice })
  const [before, text] = [something('Stays'), something('Goes')]
  for (const each of [before, text]) await say(alice, each)
  await sees(alice, text)
  await action(alice, text, 'Delete').press('Enter')
  await confirm(alice, 'Delete')
  const line = messages(alice).getByText('You deleted this message')
  await expect(line).toBeVisible()
  const sql = postgres(stack.database, { max: 1 })
  await sql`
    update messages set removed_at = removed_at - interval '24 hours'
    where room_id = ${roomId} and removed_at is not null`
  await sql.end()
  await alice.reload()
  await sees(alice, before)
  await expect(line).toHaveCount(0)
  const carol = await callAs(stack, 'carol')
  const { id: personId } = await (await callAs(stack, 'bob'))(getMe, {})
  await carol(addMember, { params: { roomId }, body: { personId } })
  await openRoom(bob, name)
  await sees(bob, before)
  await expect
    .poll(async () => (await (await callAs(stack, 'bob'))(getRoom, { params: { roomId } })).readSeq)
    // With the line that says that he was added.
    .toBe(3)
})

test('C6: an owner decides for how long people edit, and everybody’s screen follows at once', async ({
  alice,
  newPage,
  stack,
}) => {
  const carol = await signIn(await newPage(), stack, 'carol')
  const text = something('Within the window')
  await bothIn(stack, 'Windows', { alice })
  await say(alice, text)
  await sees(alice, text)
  await expect(action(alice, text, 'Edit')).toBeAttached()
  try {
    await carol.getByRole('button', { name: /^Carol Okafor, / }).click()
    await carol.getByRole('menuitem', { name: 'Workspace settings' }).click()
    await expect(carol.getByRole('radio', { name: 'At any time' })).toBeChecked()
    expect(await violations(carol)).toEqual([])
    await carol.getByRole('radio', { name: 'Never' }).click()
    await expect(action(alice, text, 'Edit')).toHaveCount(0)
    await expect(action(alice, text, 'Delete')).toBeAttached()
    await carol.getByRole('radio', { name: 'For 5 minutes' }).click()
    await expect(action(alice, text, 'Edit')).toBeAttached()

    await carol.getByRole('checkbox', { name: /^Show what a message said/ }).click()
    await confirm(carol, 'Delete them')
    await expect(carol.getByRole('checkbox')).not.toBeChecked()
    await action(alice, text, 'Edit').press('Enter')
    await alice.keyboard.type('!')
    await alice.keyboard.press('Enter')
    await sees(alice, `${text}!`)
    // It says so, and there is nothing to open.
    await expect(row(alice, `${text}!`).getByText('(edited)')).toBeVisible()
    await expect(mark(alice, `${text}!`)).toHaveCount(0)
  } finally {
    const body = { editWindowMinutes: null, showVersions: true }
    await (
      await callAs(stack, 'carol')
    )(updateWorkspace, { body })
  }
})

test('C6, C9: on a phone everything is large enough, and nothing is wider than the screen', async ({
  browser,
  stack,
}) => {
  const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }
  const context = await browser.newContext(phone)
  const alice = await signIn(await context.newPage(), stack, 'alice')
  const { name } = await roomWith(stack, 'Phone', ['alice'])
  await alice.getByRole('link', { name: 'Back to rooms' }).tap()
  await openRoom(alice, name)
  const text = something('From the tram')
  await composer(alice).fill(text)
  await alice.getByRole('button', { name: 'Send' }).tap()
  await sees(alice, text)
  await row(alice, text).tap()
  // Once the list has come to rest: what unfolds below the text scrolls it.
  await expect(async () => {
    const said = await messages(alice).getByText(text, { exact: true }).boundingBox()
    for (const button of await row(alice, text).getByRole('button').all()) {
      const top = (await button.boundingBox())?.y
      // Below it, but for a pixel of rounding.
      expect(top).toBeGreaterThanOrEqual((said?.y ?? 0) + (said?.height ?? 0) - 1)
    }
  }).toPass()
  await action(alice, text, 'Edit').tap()
  await editor(alice).fill(`${text}, late`)
  const save = alice.getByRole('button', { name: 'Save' })
  expect((await save.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  await save.tap()
  await sees(alice, `${text}, late`)
  await row(alice, text).tap()
  await action(alice, text, 'Delete').tap()
  await confirm(alice, 'Delete')
  const line = messages(alice).getByRole('article').filter({ hasText: 'You deleted this message' })
  await expect(line).toBeVisible()
  expect((await line.boundingBox())?.height).toBeLessThan(40)
  const overflow = await alice.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBe(0)
  await context.close()
})

type People = Partial<Record<Name, Page>>

/** A room of Carol's with a name of its own, so that General stays as it was; opened by these people. */
async function bothIn(stack: Stack, topic: string, people: People) {
  const room = await roomWith(stack, topic, Object.keys(people) as Name[])
  for (const page of Object.values(people)) await openRoom(page, room.name)
  return room
}

async function roomWith(stack: Stack, topic: string, names: readonly Name[]) {
  const carol = await callAs(stack, 'carol')
  const name = something(topic)
  const { id: roomId } = await carol(createRoom, { body: { kind: 'closed', name } })
  for (const each of names) {
    const { id: personId } = await (await callAs(stack, each))(getMe, {})
    await carol(addMember, { params: { roomId }, body: { personId } })
  }
  return { carol, roomId, name }
}

function row(page: Page, text: string): Locator {
  return messages(page).getByRole('article').filter({ hasText: text })
}

function action(page: Page, text: string, name: string): Locator {
  return row(page, text).getByRole('button', { name, exact: true })
}

/** What says that a message was edited, and opens what it said before. */
function mark(page: Page, text: string): Locator {
  return row(page, text).getByRole('button', { name: /^Edited / })
}

function editor(page: Page): Locator {
  return messages(page).getByRole('textbox', { name: 'Edit your message' })
}
