import type { Stack } from '@conclave/dev-stack/stack'
import { addMember } from '@conclave/shared/members'
import { listMessages, postMessage } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import { createRoom } from '@conclave/shared/rooms.create'
import { updateRoomSettings } from '@conclave/shared/rooms.settings'
import type { Locator, Page } from '@playwright/test'
import { v7 as uuidv7 } from 'uuid'
import { composer, confirm, messages, openMembers, openRoom, sees, something } from './actions.ts'
import { callAs, callByEmail, signUp } from './api-client.ts'
import { violations } from './axe.ts'
import { expect, test } from './fixtures.ts'

test('D5: people are suggested by the beginning of their name, and mentioned by keyboard alone', async ({
  alice,
  bob,
  stack,
}) => {
  const { name, roomId, bobId, aliceId, aliceCall } = await roomOf(stack, 1)
  for (const page of [alice, bob]) await openRoom(page, name)
  const field = composer(alice)
  await field.focus()
  await alice.keyboard.type('Hello @bo')
  await expect(options(alice)).toHaveText(['Bob Tanaka'])
  await expect(alice.getByRole('status').getByText('1 suggestion')).toHaveCount(1)
  await expect(field).toHaveAttribute('aria-activedescendant', /.+/)
  expect(await violations(alice)).toEqual([])
  // Escape closes them, and nothing else; another letter of the same name does not bring them back.
  await alice.keyboard.press('Escape')
  await expect(options(alice)).toHaveCount(0)
  await expect(field).toHaveValue('Hello @bo')
  await alice.keyboard.type('b')
  await expect(field).toHaveValue('Hello @bob')
  await expect(options(alice)).toHaveCount(0)
  for (const _ of '@bob') await alice.keyboard.press('Backspace')
  await alice.keyboard.type('@b')
  await expect(options(alice)).toHaveCount(1)
  await alice.keyboard.press('Tab')
  await expect(field).toHaveValue('Hello @Bob Tanaka ')
  await expect(field).toBeFocused()

  // It goes as a whole, comes back as a whole, and can be written over.
  await alice.keyboard.press('Backspace')
  await alice.keyboard.press('Backspace')
  await expect(field).toHaveValue('Hello ')
  await alice.keyboard.press('ControlOrMeta+z')
  await expect(field).toHaveValue(/@Bob Tanaka/)
  await field.press('End')
  await alice.keyboard.type(', tea at @ro')
  await expect(options(alice)).toHaveCount(1)
  await alice.keyboard.press('Escape')
  await alice.keyboard.type('om 5')
  await alice.keyboard.press('Enter')
  await expect(field).toHaveValue('')
  await expect(mention(bob, 'Bob Tanaka')).toHaveClass(/mention-mine/)

  const { messages: stored } = await aliceCall(listMessages, { params: { roomId }, query: {} })
  expect(stored.at(-1)?.text).toMatch(new RegExp(`^Hello <@${bobId}>\\s?, tea at @room 5$`))
  expect(stored.at(-1)).toMatchObject({ mentions: [bobId], authorId: aliceId })
  expect(stored.at(-1)).not.toHaveProperty('notifies')
})

test('C13, C21: a mention is a name, mine is marked by more than a colour, and nobody else is anything but text', async ({
  alice,
  bob,
  stack,
}) => {
  const { name, roomId, bobId, aliceCall } = await roomOf(stack)
  const outsider = await signedUp(stack, 'שלום <b>\u{1F388} & "Co"')
  const text = `<@${bobId}> meets <@${outsider.id}> and <@${uuidv7()}>`
  await aliceCall(postMessage, { params: { roomId }, body: { id: uuidv7(), text } })
  for (const page of [alice, bob]) await openRoom(page, name)

  const row = messages(bob).locator('article').last()
  await expect(row).toContainText('mentions you')
  await expect(row.locator('.mention')).toHaveText(['@Bob Tanaka'])
  await expect(row).toContainText(`@${outsider.name}`)
  await expect(row).toContainText('and @Someone')
  await expect(messages(alice).locator('article').last()).not.toContainText('mentions you')
  await expect(mention(alice, 'Bob Tanaka')).not.toHaveClass(/mention-mine/)
  expect(await violations(bob)).toEqual([])

  await bob.emulateMedia({ forcedColors: 'active' })
  const line = await row.evaluate((element) => {
    const { width, backgroundColor } = getComputedStyle(element, '::before')
    return { width, isSeen: backgroundColor !== getComputedStyle(document.body).backgroundColor }
  })
  expect(line).toEqual({ width: '3px', isSeen: true })
  await bob.emulateMedia({ forcedColors: null })
})

test('C14: who writes to more than ten is asked first; where only moderators may, nobody else is offered it', async ({
  alice,
  bob,
  stack,
}) => {
  const { name, roomId, aliceCall } = await roomOf(stack, 11)
  for (const page of [alice, bob]) await openRoom(page, name)
  const text = something('lunch')
  await composer(bob).fill('@room')
  await expect(options(bob)).toHaveCount(1)
  await composer(bob).press('Space')
  await bob.keyboard.type(text)
  await composer(bob).press('Enter')
  const question = bob.getByRole('alertdialog', { name: 'Notify 12 people?' })
  await expect(question).toBeVisible()
  expect(await violations(bob)).toEqual([])
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(composer(bob)).toBeFocused()
  await expect(composer(bob)).toHaveValue(`@room ${text}`)
  await composer(bob).press('Enter')
  await confirm(bob, 'Notify')
  await expect(composer(bob)).toHaveValue('')
  const row = messages(alice).locator('article').last()
  await expect(row).toContainText(text)
  await expect(row).toContainText('mentions you')
  await expect(row.locator('.mention')).toHaveText(['@room'])

  // Nobody but these two is online, which is too few to ask.
  await composer(bob).fill('@here')
  await expect(options(bob)).toHaveCount(1)
  await composer(bob).press('Space')
  await composer(bob).press('Enter')
  await expect(messages(alice).locator('.mention').last()).toHaveText('@here')

  const panel = await openMembers(alice)
  await panel.getByRole('button', { name: 'Every member can use @room and @here' }).click()
  await alice.getByRole('menuitemradio', { name: 'Owners and moderators' }).click()
  const theirs = await openMembers(bob)
  await expect(theirs.getByText('Only owners and moderators can use @room and @here')).toBeVisible()
  expect(await violations(alice)).toEqual([])
  await composer(bob).fill('@ro')
  await expect(options(bob)).toHaveCount(0)

  // What the page offers can be got round; the server is asked too, and what was written is kept, with the reason.
  await composer(bob).fill('<!here> anyway')
  await expect(composer(bob)).toHaveValue('@here anyway')
  await composer(bob).press('Enter')
  await expect(messages(bob).getByText(/^Not sent\. Only owners and moderators/)).toBeVisible()
  const everybody = { params: { roomId }, body: { notifyAll: 'members' } } as const
  await aliceCall(updateRoomSettings, everybody)
  await expect(theirs.getByText('Only owners and moderators can')).toHaveCount(0)
  await messages(bob).getByRole('button', { name: 'Retry' }).click()
  await expect(messages(alice).locator('article').last()).toContainText('@here anyway')
})

test('D5: two of one name, names in any script, and what is pasted and left as a draft', async ({
  alice,
  stack,
}) => {
  const { name, roomId, aliceCall } = await roomOf(stack)
  const twins = [
    await signedUp(stack, 'Kim \u{1F388} Lee'),
    await signedUp(stack, 'Kim \u{1F388} Lee'),
  ]
  const noa = await signedUp(stack, 'נועה לוי')
  for (const { id } of [...twins, noa])
    await aliceCall(addMember, { params: { roomId }, body: { personId: id } })
  await openRoom(alice, name)
  const field = composer(alice)
  await field.focus()
  await alice.keyboard.type('@kim')
  await expect(options(alice)).toHaveCount(2)
  await alice.keyboard.press('ArrowDown')
  await expect(options(alice).nth(1)).toHaveAttribute('aria-selected', 'true')
  await alice.keyboard.press('Enter')
  await alice.keyboard.insertText('@נו')
  await expect(options(alice)).toHaveCount(1)
  await options(alice).click()
  await expect(field).toHaveValue('@Kim \u{1F388} Lee @נועה לוי ')
  // A draft has them after a reload, too.
  await alice.reload()
  await expect(field).toHaveValue('@Kim \u{1F388} Lee @נועה לוי ')
  await field.press('End')
  await alice.keyboard.type('cc')
  // Cut and put back, they are the same people.
  await field.press('ControlOrMeta+a')
  await field.press('Delete')
  await expect(field).toHaveValue('')
  await field.press('ControlOrMeta+z')
  await field.press('End')
  await field.press('Enter')
  await expect(messages(alice).locator('article').last()).toContainText(
    '@Kim \u{1F388} Lee @נועה לוי cc',
  )
})

test('D6, C20: an emoji is found by its name, or in the picker, and large alone', async ({
  alice,
  bob,
  stack,
}) => {
  const { name } = await roomOf(stack)
  for (const page of [alice, bob]) await openRoom(page, name)
  const loaded = await alice.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => name),
  )
  expect(loaded.filter((url) => /compact|\/EmojiPicker/.test(url))).toEqual([])
  const field = composer(alice)
  await field.focus()
  await alice.keyboard.type('Done :tad')
  await expect(options(alice).first()).toHaveText('🎉:tada:party popper')
  await alice.keyboard.press('Enter')
  await expect(field).toHaveValue('Done 🎉 ')
  await alice.keyboard.type(':rocket')
  await expect(options(alice).first()).toContainText('🚀')
  await alice.keyboard.type(':')
  await expect(field).toHaveValue('Done 🎉 🚀')
  await field.fill('')

  await alice.getByRole('button', { name: 'Add an emoji' }).click()
  const picker = alice.getByRole('dialog', { name: 'Add an emoji' })
  await expect(picker.getByLabel('Find an emoji')).toBeFocused()
  await expect(picker.getByRole('heading', { name: 'Flags' })).toBeAttached()
  expect(await violations(alice)).toEqual([])
  await alice.keyboard.type('sparkling heart')
  await expect(picker.getByRole('status')).toHaveText('1 emoji')
  await alice.keyboard.press('ArrowDown')
  await expect(picker.getByRole('button', { name: 'sparkling heart' })).toBeFocused()
  await alice.keyboard.press('Enter')
  await expect(picker).toHaveCount(0)
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('💖')
  await alice.keyboard.press('Enter')
  await expect(messages(bob).getByText('💖')).toHaveCSS('font-size', '36px')
  await sees(bob, '💖')

  // The reactions have the same picker.
  const row = messages(bob).locator('article').last()
  await row.hover()
  await row.getByRole('button', { name: 'Add a reaction' }).click()
  const palette = bob.getByRole('dialog', { name: 'React with an emoji' })
  await palette.getByRole('button', { name: 'All emoji' }).click()
  await expect(palette.getByLabel('Find an emoji')).toBeFocused()
  await bob.keyboard.type('+1')
  await expect(palette.getByRole('button', { name: 'thumbs up' })).toBeVisible()
  await bob.keyboard.press('Enter')
  await expect(row.getByRole('button', { name: /^👍 1/ })).toBeVisible()
})

function options(page: Page): Locator {
  return page.getByRole('listbox').getByRole('option')
}

function mention(page: Page, name: string): Locator {
  return messages(page).locator('.mention').filter({ hasText: name }).last()
}

/** A room of Alice's with Bob and as many others. */
async function roomOf(stack: Stack, others = 0) {
  const [aliceCall, bobCall] = [await callAs(stack, 'alice'), await callAs(stack, 'bob')]
  const [{ id: aliceId }, { id: bobId }] = [await aliceCall(getMe, {}), await bobCall(getMe, {})]
  const name = something('Mentions')
  const { id: roomId } = await aliceCall(createRoom, { body: { kind: 'closed', name } })
  const add = async (personId: string) =>
    aliceCall(addMember, { params: { roomId }, body: { personId } })
  await add(bobId)
  for (let nth = 0; nth < others; nth += 1) await add((await signedUp(stack, `Extra ${nth}`)).id)
  return { name, roomId, aliceId, bobId, aliceCall }
}

async function signedUp(stack: Stack, name: string): Promise<{ id: string; name: string }> {
  const email = `${uuidv7()}@example.com`
  await signUp(stack, { name, email, password: uuidv7() })
  const call = await callByEmail(stack, email)
  return call(getMe, {})
}
