import { postMessage } from '@conclave/shared/messages'
import { removeMessage } from '@conclave/shared/removals'
import { createRoom } from '@conclave/shared/rooms.create'
import { search } from '@conclave/shared/search'
import type { Stack } from '@conclave/dev-stack/stack'
import type { Locator, Page } from '@playwright/test'
import { v7 } from 'uuid'
import { something } from './actions.ts'
import { callAs } from './api-client.ts'
import { expect, test } from './fixtures.ts'

const SAID = 45

/** A room of Alice's in which one word is said many times, once it can be found. */
async function roomWithWord(stack: Stack): Promise<{ name: string; roomId: string; word: string }> {
  const call = await callAs(stack, 'alice')
  const name = something('Larder')
  const word = `quince${Date.now().toString(36)}`
  const { id: roomId } = await call(createRoom, { body: { kind: 'closed', name } })
  for (let nth = 1; nth <= SAID; nth += 1) {
    // Some have two lines, and some one.
    const text =
      nth === 1
        ? `${word} first: https://example.com`
        : `The ${word} of day ${nth} is ripe${' and sweet'.repeat(nth % 3 === 0 ? 30 : 0)}`
    await call(postMessage, { params: { roomId }, body: { id: v7(), text } })
  }
  await expect
    .poll(async () => (await call(search, { query: { q: `${word} first` } })).hits.length)
    .toBe(1)
  return { name, roomId, word }
}

function field(page: Page): Locator {
  return page.getByRole('searchbox', { name: 'Search messages' })
}

function results(page: Page): Locator {
  return page.getByRole('list', { name: 'Messages found' })
}

test('F2, F7: Ctrl-F searches, the keyboard opens a result, and Back is where it was', async ({
  alice,
  stack,
}) => {
  const { name, roomId, word } = await roomWithWord(stack)
  await alice.keyboard.press('Control+f')
  await expect(field(alice)).toBeFocused()
  await field(alice).fill(word)
  const first = results(alice).getByRole('link').first()
  await expect(first).toContainText(`The ${word} of day ${SAID} is ripe`)
  await expect(first.locator('mark')).toHaveText(word)
  await expect(first).toContainText('Alice')
  await expect(first).toContainText(name)
  await expect(
    alice.getByRole('status').filter({ hasText: /^\d+ messages found( so far)?$/ }),
  ).toHaveCount(1)
  await field(alice).press('ArrowDown')
  await expect(first).toBeFocused()
  await expect(async () => {
    await alice.keyboard.press('ArrowDown')
    await expect(results(alice).getByText(`${word} of day 5 is`)).toBeVisible({ timeout: 10 })
  }).toPass()
  const sought = results(alice)
    .getByRole('link')
    .filter({ hasText: `${word} of day 5 is` })
  await sought.focus()
  const before = await topOf(sought)
  await alice.keyboard.press('Enter')
  await expect(alice).toHaveURL(new RegExp(`/rooms/${roomId}/5$`))
  await alice.goBack()
  await expect(sought).toBeFocused()
  await expect.poll(async () => Math.abs((await topOf(sought)) - before)).toBeLessThanOrEqual(1)
  await expect(field(alice)).toHaveValue(word)
})

test('F3: filters are typed or picked, and say what they do not know', async ({ alice, stack }) => {
  const { name, word } = await roomWithWord(stack)
  await alice.getByRole('link', { name: 'Search messages' }).click()
  await field(alice).fill(word)
  await expect(results(alice).getByRole('link').first()).toBeVisible()
  await alice.getByRole('button', { name: 'Has', exact: true }).click()
  await alice.getByRole('option', { name: 'A link' }).click()
  await expect(field(alice)).toHaveValue(`${word} has:link`)
  await expect(results(alice).getByRole('link')).toHaveCount(1)
  await alice.getByRole('button', { name: 'In', exact: true }).click()
  await alice.getByLabel('Find a room').fill(name)
  await alice.getByRole('dialog').getByRole('option', { name }).click()
  await expect(field(alice)).toHaveValue(`${word} has:link in:"${name}"`)
  await expect(results(alice).getByRole('link')).toHaveCount(1)
  await alice.getByRole('button', { name: 'Remove the filter: Has link' }).click()
  await expect(results(alice).getByRole('link').nth(5)).toBeVisible()
  await field(alice).fill(`${word} from:nobodyatall`)
  await expect(alice.getByText('Nobody in the team is called “nobodyatall”.')).toBeVisible()
  await field(alice).fill(`${word} nevertogether`)
  await expect(alice.getByText('No message in your rooms matches this.')).toBeVisible()
})

test('F3: the keyboard picks from the filters, and a day alone finds', async ({ alice, stack }) => {
  const { name } = await roomWithWord(stack)
  await alice.getByRole('link', { name: 'Search messages' }).click()
  const picker = (label: string) => alice.getByRole('combobox', { name: label })
  await alice.getByRole('button', { name: 'In', exact: true }).press('Enter')
  await picker('Find a room').pressSequentially(name)
  await picker('Find a room').press('Enter')
  await expect(field(alice)).toHaveValue(`in:"${name}"`)
  // Enter does not wait for those who are found.
  await alice.getByRole('button', { name: 'From', exact: true }).press('Enter')
  await picker('Find a person').pressSequentially('bob')
  await picker('Find a person').press('Enter')
  await expect(field(alice)).toHaveValue(`in:"${name}" from:"Bob Tanaka"`)
  await expect(alice.getByText('No message in your rooms matches this.')).toBeVisible()

  const has = alice.getByRole('button', { name: 'Has', exact: true })
  await has.press('Enter')
  const marked = alice.getByRole('option', { selected: true })
  await expect(marked).toHaveText('A link')
  await expect(alice.getByRole('listbox')).toBeFocused()
  await alice.keyboard.press('ArrowDown')
  await expect(marked).toHaveText('Code')
  await alice.keyboard.press('ArrowUp')
  await alice.keyboard.press('ArrowUp')
  await expect(marked).toHaveText('An emoji')
  await alice.keyboard.press('Escape')
  await expect(alice.getByRole('listbox')).toHaveCount(0)
  await expect(has).toBeFocused()

  const status = alice.getByRole('status')
  await field(alice).fill('after:2020-01-01')
  await expect(results(alice).getByRole('link').first()).toBeVisible()
  await field(alice).fill('after:yesterday')
  await expect(status.filter({ hasText: '“yesterday” is no date.' })).toBeVisible()
  await expect(status.filter({ hasText: 'found' })).toHaveCount(0)
  await field(alice).fill('von:bob')
  await expect(status.filter({ hasText: '0 messages found' })).toHaveCount(1)
})

test('F2, F7: Escape empties the field, and leaves it for where one came from', async ({
  alice,
  stack,
}) => {
  const { name, roomId } = await roomWithWord(stack)
  await alice.getByRole('navigation').getByRole('link', { name }).click()
  await expect(alice).toHaveURL(new RegExp(`/rooms/${roomId}`))
  await alice.keyboard.press('Control+f')
  await field(alice).fill('something')
  await expect(alice).toHaveURL(/q=something/)
  await alice.getByRole('button', { name: 'Clear the search' }).click()
  await expect(field(alice)).toHaveValue('')
  await expect(field(alice)).toBeFocused()
  await field(alice).fill('another')
  await field(alice).press('Escape')
  await expect(field(alice)).toHaveValue('')
  await expect(field(alice)).toBeFocused()
  await field(alice).press('Escape')
  await expect(alice).toHaveURL(new RegExp(`/rooms/${roomId}`))
})

async function topOf(element: Locator): Promise<number> {
  return (await element.boundingBox())?.y ?? Number.NaN
}

test('F2: a message that is removed goes from what was found, in a room that is loaded nowhere', async ({
  alice,
  stack,
}) => {
  const { roomId, word } = await roomWithWord(stack)
  const call = await callAs(stack, 'alice')
  await alice.getByRole('link', { name: 'Search messages' }).click()
  await field(alice).fill(`${word} in:${roomId}`)
  const newest = results(alice).getByText(`The ${word} of day ${SAID} is ripe`)
  await expect(newest).toBeVisible()
  const { hits } = await call(search, { query: { q: `${word} in:${roomId}` } })
  const messageId = hits[0]?.id ?? ''
  await call(removeMessage, { params: { roomId, messageId } })
  await expect(newest).toHaveCount(0)
  await expect(results(alice).getByText(`${word} of day ${SAID - 1} is`)).toBeVisible()
})
