import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ALICE, BOB } from './test-people.ts'
import {
  openVisits,
  clickThrough,
  fillIn,
  refreshed,
  signIn,
  signedInAs,
  type Visits,
} from './web-app/visits.ts'

let visits: Visits

beforeAll(async () => {
  visits = await openVisits()
})
afterEach(async () => {
  visits.emulator.askConsent(false)
  await visits.leave()
})
afterAll(async () => visits.close())

describe('signing in', () => {
  test('with a password leads back to where the person was going', async () => {
    const page = await visits.openApp('memory')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await fillIn(page, ALICE.email, ALICE.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await signedInAs(page, ALICE.email)
    expect(page.url()).toBe(`${visits.origin}/rooms/general?mode=memory`)
  })

  test('with a wrong password is refused, and the right one still works', async () => {
    const page = await visits.openApp('memory')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await fillIn(page, ALICE.email, 'guess')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('alert').getByText('Wrong email or password').waitFor()
    await fillIn(page, ALICE.email, ALICE.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await signedInAs(page, ALICE.email)
  })

  test('takes one click for the people of the seed', async () => {
    await signIn(await visits.openApp('memory'))
  })

  test('by popup works', async () => {
    const page = await visits.openApp('memory')
    const popup = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Sign in by popup' }).click()
    await (await popup).getByRole('button', { name: 'Alice Meyer alice@example.com' }).click()
    await signedInAs(page, ALICE.email)
  })

  test('by JSON instead of forms works', async () => {
    const page = await visits.openApp('json')
    await signIn(page)
    expect(await refreshed(page)).toMatch(/^ey/)
  })

  test('is refused to a blocked person in the words of Auth0', async () => {
    visits.emulator.block(ALICE.email)
    const page = await visits.openApp('memory')
    await clickThrough(page)
    await page.getByLabel('error').getByText('user is blocked').waitFor()
    expect(await page.getByLabel('status').textContent()).toBe('signed out')
    visits.emulator.unblock(ALICE.email)
    await page.goto(`${visits.origin}/?mode=memory`)
    await signIn(page)
  })
})

describe('where the tenant asks for consent', () => {
  test('whoever accepts is in, is not asked again, and restores without a form', async () => {
    visits.emulator.askConsent(true)
    const page = await visits.openApp('memory')
    await clickThrough(page)
    await page.getByRole('heading', { name: 'Authorize app' }).waitFor()
    await page.getByText('asks for access to the account of alice@example.com').waitFor()
    await page.getByRole('button', { name: 'Accept' }).click()
    await signedInAs(page, ALICE.email)
    await page.reload()
    await signedInAs(page, ALICE.email)
    await signIn(await visits.openApp('memory'))
  })

  test('whoever declines comes back with the words of Auth0, and may think again', async () => {
    visits.emulator.askConsent(true)
    const page = await visits.openApp('memory')
    await clickThrough(page)
    await page.getByRole('button', { name: 'Decline' }).click()
    await page.getByLabel('error').getByText('User did not authorize the request').waitFor()
    expect(await page.getByLabel('status').textContent()).toBe('signed out')
    await page.goto(`${visits.origin}/?mode=memory`)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('button', { name: 'Accept' }).click()
    await signedInAs(page, ALICE.email)
  })

  test('a session from before restores no more without a form', async () => {
    const page = await visits.openApp('memory')
    await signIn(page)
    visits.emulator.askConsent(true)
    await page.reload()
    await page.getByLabel('status').getByText('signed out').waitFor()
    expect(await refreshed(page)).toMatch(/^consent_required: Consent required/)
    visits.emulator.askConsent(false)
    await page.reload()
    await signedInAs(page, ALICE.email)
  })
})

describe('signing up', () => {
  test('makes an account whose address is not confirmed yet', async () => {
    const page = await visits.openApp('memory')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByLabel('Name').fill('Eve Moneypenny')
    await fillIn(page, 'eve@example.com', 'a fine password')
    await page.getByRole('button', { name: 'Continue' }).click()
    await signedInAs(page, 'eve@example.com')
    const user = await page.evaluate(() => globalThis.auth.user)
    expect(user).toMatchObject({ name: 'Eve Moneypenny', email_verified: false })
  })

  test('answers a taken address and a weak password plainly, keeping what was typed', async () => {
    const page = await visits.openApp('memory')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('link', { name: 'Sign up' }).click()
    await page.getByLabel('Name').fill('Eve')
    await fillIn(page, BOB.email, 'a fine password')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('alert').getByText('already has an account').waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe('Eve')
    await fillIn(page, 'eve2@example.com', 'short')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('alert').getByText('at least 8 characters').waitFor()
    await page.getByRole('link', { name: 'Log in' }).click()
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
  })
})

test('the pages fit a narrow phone', async () => {
  visits.emulator.askConsent(true)
  const page = await visits.openApp('memory', { viewport: { width: 360, height: 740 } })
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  for (const screen of ['Sign up', 'Log in']) {
    await page.getByRole('link', { name: screen }).click()
    await page.getByRole('heading', { name: screen }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await page.getByText('Local stand-in').waitFor()
  }
  await page.getByRole('button', { name: 'Alice Meyer alice@example.com' }).click()
  await page.getByRole('heading', { name: 'Authorize app' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
})
