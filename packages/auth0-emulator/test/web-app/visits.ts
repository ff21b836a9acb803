import { launchBrowser } from '@conclave/browser/launch'
import type { Page } from 'playwright-core'
import { type Auth0Emulator, startAuth0Emulator } from '../../src/index.ts'
import { ALICE, CAST } from '../test-people.ts'
import { startWebApp } from './serve-web-app.ts'

/** The web app's page in a real browser, and the stand-in it signs in at. */
export interface Visits {
  origin: string
  emulator: Auth0Emulator
  /** A browser of somebody's own, signed out; the mode says how the SDK is set up. */
  openApp(mode: string, options?: { viewport?: { width: number; height: number } }): Promise<Page>
  /** Forgets everybody who was here. */
  leave(): Promise<void>
  close(): Promise<void>
}

export async function openVisits(): Promise<Visits> {
  const [browser, app] = await Promise.all([launchBrowser(), startWebApp()])
  const emulator = await startAuth0Emulator({ webOrigins: [app.origin], people: CAST })
  app.serve(emulator)
  return {
    origin: app.origin,
    emulator,
    async openApp(mode, options = {}) {
      const context = await browser.newContext(options)
      context.setDefaultTimeout(10_000)
      const page = await context.newPage()
      await page.goto(`${app.origin}/?mode=${mode}`)
      await page.getByLabel('status').getByText('signed out').waitFor()
      return page
    },
    async leave() {
      await Promise.all(browser.contexts().map((context) => context.close()))
      await emulator.reset()
    },
    async close() {
      await browser.close()
      await app.close()
      await emulator.close()
    },
  }
}

export async function clickThrough(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Alice Meyer alice@example.com' }).click()
}

export async function signIn(page: Page): Promise<void> {
  await clickThrough(page)
  await signedInAs(page, ALICE.email)
}

export async function signedInAs(page: Page, email: string): Promise<void> {
  await page.getByLabel('email').getByText(email).waitFor()
}

export async function fillIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password').fill(password)
}

/** A token fresh from the emulator, or what it said instead. */
export async function refreshed(page: Page): Promise<string> {
  return await page.evaluate(() =>
    globalThis.auth.getAccessTokenSilently({ cacheMode: 'off' }).then(
      (token) => token ?? 'no token',
      (error: Error & { error?: string }) => `${error.error}: ${error.message}`,
    ),
  )
}
