import { launchBrowser } from '@conclave/browser/launch'
import { decodeJwt } from 'jose'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Auth0Emulator, startAuth0Emulator } from '../src/index.ts'
import { ALICE, BOB, CAST } from './cast.ts'
import { startWebApp, type WebApp } from './web-app/serve.ts'

let browser: Browser
let app: WebApp
let emulator: Auth0Emulator

beforeAll(async () => {
  ;[browser, app] = await Promise.all([launchBrowser(), startWebApp()])
  emulator = await startAuth0Emulator({ webOrigins: [app.origin], people: CAST })
  app.serve(emulator)
})
beforeEach(() => emulator.reset())
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
})
afterAll(async () => {
  await browser.close()
  await app.close()
  await emulator.close()
})

describe('signing in', () => {
  test('with a password leads back to where the person was going', async () => {
    const page = await openApp('memory')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await fillIn(page, ALICE.email, ALICE.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await signedInAs(page, ALICE.email)
    expect(page.url()).toBe(`${app.origin}/rooms/general?mode=memory`)
  })

  test('with a wrong password is refused, and the right one still works', async () => {
    const page = await openApp('memory')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await fillIn(page, ALICE.email, 'guess')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('alert').getByText('Wrong email or password').waitFor()
    await fillIn(page, ALICE.email, ALICE.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await signedInAs(page, ALICE.email)
  })

  test('takes one click for the people of the seed', async () => {
    await signIn(await openApp('memory'))
  })

  test('by popup works', async () => {
    const page = await openApp('memory')
    const popup = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Sign in by popup' }).click()
    await (await popup).getByRole('button', { name: 'Alice Meyer alice@example.com' }).click()
    await signedInAs(page, ALICE.email)
  })

  test('by JSON instead of forms works', async () => {
    const page = await openApp('json')
    await signIn(page)
    expect(await refreshed(page)).toMatch(/^ey/)
  })

  test('is refused to a blocked person in the words of Auth0', async () => {
    emulator.block(ALICE.email)
    const page = await openApp('memory')
    await clickThrough(page)
    await page.getByLabel('error').getByText('user is blocked').waitFor()
    expect(await page.getByLabel('status').textContent()).toBe('signed out')
    emulator.unblock(ALICE.email)
    await page.goto(`${app.origin}/?mode=memory`)
    await signIn(page)
  })
})

describe('signing up', () => {
  test('makes an account whose address is not confirmed yet', async () => {
    const page = await openApp('memory')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByLabel('Name').fill('Eve Moneypenny')
    await fillIn(page, 'eve@example.com', 'a fine password')
    await page.getByRole('button', { name: 'Continue' }).click()
    await signedInAs(page, 'eve@example.com')
    const user = await page.evaluate(() => globalThis.auth.user)
    expect(user).toMatchObject({ name: 'Eve Moneypenny', email_verified: false })
  })

  test('answers a taken address and a weak password plainly, keeping what was typed', async () => {
    const page = await openApp('memory')
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

describe('staying signed in', () => {
  test.each(['memory', 'frame', 'storage'])('a reload keeps the session (%s)', async (mode) => {
    const page = await openApp(mode)
    await signIn(page)
    await page.reload()
    await signedInAs(page, ALICE.email)
  })

  test('a reload ends it where the SDK may not fall back to a frame', async () => {
    const page = await openApp('strict')
    await signIn(page)
    await page.reload()
    await page.getByLabel('status').getByText('signed out').waitFor()
  })

  test('refresh tokens rotate, and the new token reaches /userinfo', async () => {
    const page = await openApp('memory')
    await signIn(page)
    const answers = [await tokenAnswer(page), await tokenAnswer(page)]
    expect(answers.map((answer) => answer.status())).toEqual([200, 200])
    const [first, second] = await Promise.all(answers.map((answer) => answer.json()))
    expect(second.refresh_token).not.toBe(first.refresh_token)

    const token: string = second.access_token
    expect(decodeJwt(token)).toMatchObject({ permissions: ['rooms:read'], iss: emulator.issuer })
    const status = await page.evaluate(
      async ([url = '', token = '']) =>
        (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status,
      [`${emulator.url}/userinfo`, token],
    )
    expect(status).toBe(200)
  })

  test('two tabs that share their tokens may refresh at once', async () => {
    const page = await openApp('storage')
    await signIn(page)
    const second = await page.context().newPage()
    await second.goto(`${app.origin}/?mode=storage`)
    await signedInAs(second, ALICE.email)
    const tokens = await Promise.all([page, second, page, second].map(refreshed))
    expect(tokens.filter((token) => token.startsWith('ey'))).toHaveLength(4)
  })

  test('rotated signing keys go unnoticed', async () => {
    const page = await openApp('memory')
    await signIn(page)
    await emulator.rotateKeys()
    emulator.revokePreviousKeys()
    expect(await refreshed(page)).toMatch(/^ey/)
    await page.reload()
    await signedInAs(page, ALICE.email)
  })

  test('an unknown audience is refused in the words of Auth0', async () => {
    const page = await openApp('frame')
    await signIn(page)
    const answer = await page.evaluate(() =>
      globalThis.auth
        .getAccessTokenSilently({ authorizationParams: { audience: 'https://elsewhere.example' } })
        .catch((error: Error) => error.message),
    )
    expect(answer).toBe('Service not found: https://elsewhere.example')
  })
})

describe('the end', () => {
  test('after signing out nothing is silent any more', async () => {
    const page = await openApp('memory')
    await signIn(page)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('status').getByText('signed out').waitFor()
    expect(page.url()).toBe(`${app.origin}/`)
    expect(await refreshed(page)).toMatch(/login_required|missing_refresh_token/i)
    expect((await page.context().cookies(emulator.url)).map(({ name }) => name)).not.toContain(
      'auth0',
    )
  })

  test('a person blocked while signed in loses the next refresh and the session', async () => {
    const page = await openApp('memory')
    await signIn(page)
    emulator.block(ALICE.email)
    expect(await refreshed(page)).toMatch(/user is blocked|login_required/i)
    await page.reload()
    await page.getByLabel('status').getByText('signed out').waitFor()
  })
})

test('the pages fit a narrow phone', async () => {
  const page = await openApp('memory', { viewport: { width: 360, height: 740 } })
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  for (const screen of ['Sign up', 'Log in']) {
    await page.getByRole('link', { name: screen }).click()
    await page.getByRole('heading', { name: screen }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await page.getByText('Local stand-in').waitFor()
  }
})

async function openApp(mode: string, options = {}): Promise<Page> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await page.goto(`${app.origin}/?mode=${mode}`)
  await page.getByLabel('status').getByText('signed out').waitFor()
  return page
}

async function clickThrough(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Alice Meyer alice@example.com' }).click()
}

async function signIn(page: Page): Promise<void> {
  await clickThrough(page)
  await signedInAs(page, ALICE.email)
}

async function signedInAs(page: Page, email: string): Promise<void> {
  await page.getByLabel('email').getByText(email).waitFor()
}

async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password').fill(password)
}

async function tokenAnswer(page: Page) {
  const answer = page
    .context()
    .waitForEvent('response', (response) => response.url().endsWith('/oauth/token'))
  await refreshed(page)
  return await answer
}

/** A token fresh from the emulator, or what it said instead. */
async function refreshed(page: Page): Promise<string> {
  return await page.evaluate(() =>
    globalThis.auth.getAccessTokenSilently({ cacheMode: 'off' }).then(
      (token) => token ?? 'no token',
      (error: Error & { error?: string }) => `${error.error}: ${error.message}`,
    ),
  )
}
