import type { Stack } from '@conclave/dev-stack/stack'
import { expect, type Browser, type Page } from '@playwright/test'
import { composer, openRoom, rooms, signIn, type Name } from './actions.ts'
import { hearComplaints } from './complaints.ts'
import { DESK } from './window-size.ts'

const BACK_WITHIN_MS = 4_000

/** The pages of people who stay signed in from test to test; each test finds them in General, with nothing written. */
export class KeptPages {
  /** What they should not have done since this was last emptied. */
  readonly complaints: string[] = []
  readonly #pages = new Map<Name, Page>()
  readonly #browser: Browser
  readonly #stack: Stack

  constructor(browser: Browser, stack: Stack) {
    this.#browser = browser
    this.#stack = stack
  }

  /** Another takes the place of a page that does not come back. */
  async of(name: Name): Promise<Page> {
    const kept = this.#pages.get(name)
    if (kept && (await comesBack(kept))) return kept
    await kept?.context().close()
    const context = await this.#browser.newContext()
    hearComplaints(context, this.complaints)
    const page = await signIn(await context.newPage(), this.#stack, name)
    this.#pages.set(name, page)
    return page
  }

  async close(): Promise<void> {
    const pages = [...this.#pages.values()]
    this.#pages.clear()
    await Promise.all(pages.map(async (page) => page.context().close()))
  }
}

/** Brings a page back to where it began, whatever a test left it at. */
async function comesBack(page: Page): Promise<boolean> {
  const context = page.context()
  const tabs = context.pages().filter((tab) => tab !== page)
  await Promise.all(tabs.map(async (tab) => tab.close()))
  if (page.isClosed()) return false
  context.setDefaultTimeout(BACK_WITHIN_MS)
  try {
    await context.setOffline(false)
    await page.emulateMedia({ forcedColors: null })
    await page.setViewportSize(DESK)
    // By way of another page: the conversation is then at its end, and its members are closed.
    await rooms(page).getByRole('link', { name: 'Browse rooms' }).click()
    await openRoom(page, 'General')
    await composer(page).fill('')
    await expect(page.locator('html')).toHaveAttribute('data-realtime', 'live', {
      timeout: BACK_WITHIN_MS,
    })
    return true
  } catch {
    return false
  } finally {
    context.setDefaultTimeout(0)
  }
}
