import type { Stack } from '@conclave/dev-stack/stack'
import { expect, type Locator, type Page } from '@playwright/test'

export type Name = 'alice' | 'bob' | 'carol' | 'mallory'

/** What people do, in the words of the screen. */
export async function signIn(page: Page, stack: Stack, name: Name): Promise<Page> {
  await beginSignIn(page, stack, name)
  await waitUntilLive(page)
  return page
}

/** The same, without waiting for what comes after it. */
export async function beginSignIn(page: Page, stack: Stack, name: Name): Promise<void> {
  const person = stack.people.find(({ email }) => email.startsWith(name))
  if (!person) throw new Error(`nobody is called ${name}`)
  await page.goto(stack.web)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await fillSignIn(page, person.email, person.password)
}

export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
}

export async function waitUntilLive(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-realtime', 'live')
}

export async function openRoom(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
}

export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await composer(page).press('Enter')
}

export function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Message / })
}

export function messages(page: Page): Locator {
  return page.getByRole('log', { name: 'Messages' })
}

/** The message is on the screen exactly once, and no longer waiting to be sent. */
export async function sees(page: Page, text: string): Promise<void> {
  await expect(messages(page).getByText(text, { exact: true })).toHaveCount(1)
  await expect(unsent(page)).toHaveCount(0)
}

/** What is beside messages that are not sent yet. */
export function unsent(page: Page): Locator {
  return messages(page).getByText(/^(Sending|Waiting|Not sent)/)
}

/** These texts, once each, in this order; as many as find room on the screen and just above it. */
export async function seesInOrder(page: Page, texts: string[]): Promise<void> {
  await sees(page, texts.at(-1) ?? '')
  // The list mounts what is above the screen only once it has come to rest.
  await expect(messages(page).getByText(texts[0] ?? '', { exact: true })).not.toHaveCount(0)
  // Also of a row that is mounted and not measured yet, which is hidden until then.
  const shown = (await messages(page).locator('article').allTextContents()).join('\n')
  const places = texts.map((text) => [...shown.matchAll(new RegExp(escaped(text), 'g'))])
  expect(places.map(({ length }) => length)).toEqual(texts.map(() => 1))
  const order = places.map(([match]) => match?.index ?? -1)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

export async function openStatusMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: /, (Available|Busy|Away)$/ }).click()
}

export async function choose(page: Page, item: string): Promise<void> {
  await openStatusMenu(page)
  await page.getByRole('menu').getByText(item, { exact: true }).click()
}

let said = 0

/** A text that nobody has said before, long enough to be searched for. */
export function something(topic: string): string {
  said += 1
  return `${topic} number ${said} of ${Date.now().toString(36)}`
}

/** The member panel of the open room. */
export async function openMembers(page: Page): Promise<Locator> {
  await page.getByRole('link', { name: /^[\d,]+ members?$/ }).click()
  const panel = page.getByRole('complementary', { name: 'Members' })
  await expect(panel.getByRole('list', { name: 'Members' })).toBeVisible()
  return panel
}

export function rooms(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Rooms' })
}

export async function createRoom(page: Page, kind: 'Open' | 'Closed', name: string): Promise<void> {
  await rooms(page).getByRole('link', { name: 'Browse rooms' }).click()
  await page.getByRole('link', { name: 'New room' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByRole('radio', { name: kind }).check()
  await page.getByRole('button', { name: 'Create the room' }).click()
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
}

export async function addToRoom(page: Page, person: string): Promise<void> {
  const panel = await openMembers(page)
  await panel.getByRole('button', { name: 'Add people' }).click()
  await page.getByLabel('Find a person').fill(person)
  await page.getByRole('button', { name: `Add ${person}` }).click()
  await expect(page.getByRole('dialog').getByText('Added')).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(panel.getByText(person)).toBeVisible()
  await page.getByRole('link', { name: 'Close members' }).click()
}

export async function confirm(page: Page, action: string): Promise<void> {
  await page.getByRole('alertdialog').getByRole('button', { name: action, exact: true }).click()
}
