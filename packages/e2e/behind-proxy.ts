import type { Browser, Page } from '@playwright/test'
import { CompanyProxy } from './company-proxy.ts'
import { test as base } from './fixtures.ts'

/** A page whose requests all go through a proxy that can be told to misbehave. */
export const test = base.extend<{ company: CompanyProxy; proxied: Page }>({
  // Playwright reads the fixture's dependencies from this pattern.
  // oxlint-disable-next-line no-empty-pattern
  company: async ({}, use) => {
    const proxy = await CompanyProxy.start()
    await use(proxy)
    await proxy.close()
  },
  proxied: async ({ browser, company }, use) => {
    const page = await pageBehind(browser, company)
    await use(page)
    await page.context().close()
  },
})

export async function pageBehind(browser: Browser, proxy: CompanyProxy): Promise<Page> {
  const context = await browser.newContext({ proxy: proxy.settings })
  return context.newPage()
}
