import { decodeJwt } from 'jose'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ALICE } from './test-people.ts'
import { openVisits, refreshed, signIn, signedInAs, type Visits } from './web-app/visits.ts'

let visits: Visits

beforeAll(async () => {
  visits = await openVisits()
})
afterEach(async () => visits.leave())
afterAll(async () => visits.close())

describe('staying signed in', () => {
  test.each(['memory', 'frame', 'storage'])('a reload keeps the session (%s)', async (mode) => {
    const page = await visits.openApp(mode)
    await signIn(page)
    await page.reload()
    await signedInAs(page, ALICE.email)
  })

  test('a reload ends it where the SDK may not fall back to a frame', async () => {
    const page = await visits.openApp('strict')
    await signIn(page)
    await page.reload()
    await page.getByLabel('status').getByText('signed out').waitFor()
  })

  test('refresh tokens rotate, and the new token reaches /userinfo', async () => {
    const page = await visits.openApp('memory')
    await signIn(page)
    const answers = [await tokenAnswer(page), await tokenAnswer(page)]
    expect(answers.map((answer) => answer.status())).toEqual([200, 200])
    const [first, second] = await Promise.all(answers.map((answer) => answer.json()))
    expect(second.refresh_token).not.toBe(first.refresh_token)

    const token: string = second.access_token
    expect(decodeJwt(token)).toMatchObject({
      permissions: ['rooms:read'],
      iss: visits.emulator.issuer,
    })
    const status = await page.evaluate(
      async ([url = '', token = '']) =>
        (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).status,
      [`${visits.emulator.url}/userinfo`, token],
    )
    expect(status).toBe(200)
  })

  test('two tabs that share their tokens may refresh at once', async () => {
    const page = await visits.openApp('storage')
    await signIn(page)
    const second = await page.context().newPage()
    await second.goto(`${visits.origin}/?mode=storage`)
    await signedInAs(second, ALICE.email)
    const tokens = await Promise.all([page, second, page, second].map(refreshed))
    expect(tokens.filter((token) => token.startsWith('ey'))).toHaveLength(4)
  })

  test('rotated signing keys go unnoticed', async () => {
    const page = await visits.openApp('memory')
    await signIn(page)
    await visits.emulator.rotateKeys()
    visits.emulator.revokePreviousKeys()
    expect(await refreshed(page)).toMatch(/^ey/)
    await page.reload()
    await signedInAs(page, ALICE.email)
  })

  test('an unknown audience is refused in the words of Auth0', async () => {
    const page = await visits.openApp('frame')
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
    const page = await visits.openApp('memory')
    await signIn(page)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('status').getByText('signed out').waitFor()
    expect(page.url()).toBe(`${visits.origin}/`)
    expect(await refreshed(page)).toMatch(/login_required|missing_refresh_token/i)
    expect(
      (await page.context().cookies(visits.emulator.url)).map(({ name }) => name),
    ).not.toContain('auth0')
  })

  test('a person blocked while signed in loses the next refresh and the session', async () => {
    const page = await visits.openApp('memory')
    await signIn(page)
    visits.emulator.block(ALICE.email)
    expect(await refreshed(page)).toMatch(/user is blocked|login_required/i)
    await page.reload()
    await page.getByLabel('status').getByText('signed out').waitFor()
  })
})

async function tokenAnswer(page: Page) {
  const answer = page
    .context()
    .waitForEvent('response', (response) => response.url().endsWith('/oauth/token'))
  await refreshed(page)
  return await answer
}
