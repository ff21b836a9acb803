import { startStack, type Stack } from '@conclave/dev-stack/stack'
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test'
import { signIn } from './actions.ts'
import { hearComplaints } from './complaints.ts'
import { GIVE_UP } from './give-up.ts'
import { KeptPages } from './kept-pages.ts'
import { canariesOf, seenIn } from './vendor-canaries.ts'
import { VendorView } from './vendor-view.ts'

export interface TestFixtures {
  /**
   * `kept`: Alice's and Bob's pages are those of the tests before, reset to where they began, because signing in takes
   * longer than most tests. `own`: for tests about a browser, its storage, its session or who is online.
   */
  pages: 'kept' | 'own'
  /** A fresh browser of somebody's own; `open` gives further tabs through its context. */
  newPage: () => Promise<Page>
  alice: Page
  bob: Page
  /** No page that another test left open is about while a test has its own. */
  parking: undefined
}

export interface WorkerFixtures {
  /** As a real tenant is; a project of its own runs the tests of the session with one on the same site. */
  tenantOnAnotherSite: boolean
  stack: Stack
  vendor: VendorView
  keptPages: KeptPages
}

/** Alice and Bob are signed-in pages; every page fails its test on a script error or a CSP violation. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  pages: ['kept', { option: true }],
  tenantOnAnotherSite: [true, { scope: 'worker', option: true }],
  stack: [
    async ({ tenantOnAnotherSite }, use) => {
      const stack = await startStack({
        web: 'built',
        ports: 'free',
        seed: true,
        tenantOnAnotherSite,
      })
      await use(stack)
      await stack.close()
    },
    { scope: 'worker', timeout: GIVE_UP.setUpMs },
  ],
  // Whatever its tests were about, no stack ends before its vendor's whole record was searched.
  vendor: [
    async ({ stack }, use) => {
      const vendor = new VendorView(stack)
      await use(vendor)
      expect(seenIn(await vendor.record(), await canariesOf(stack))).toEqual([])
    },
    { scope: 'worker', auto: true },
  ],
  keptPages: [
    async ({ browser, stack }, use) => {
      const kept = new KeptPages(browser, stack)
      await use(kept)
      await kept.close()
    },
    { scope: 'worker' },
  ],
  parking: [
    async ({ pages, keptPages }, use) => {
      if (pages === 'own') await keptPages.close()
      keptPages.complaints.length = 0
      await use(undefined)
      expect(keptPages.complaints).toEqual([])
    },
    { auto: true },
  ],
  newPage: async ({ browser }, use) => {
    const contexts: BrowserContext[] = []
    const complaints: string[] = []
    await use(async () => {
      const context = await browser.newContext()
      contexts.push(context)
      hearComplaints(context, complaints)
      return context.newPage()
    })
    await Promise.all(contexts.map((context) => context.close()))
    expect(complaints).toEqual([])
  },
  alice: async ({ pages, keptPages, newPage, stack }, use) => {
    await use(
      pages === 'kept'
        ? await keptPages.of('alice')
        : await signIn(await newPage(), stack, 'alice'),
    )
  },
  bob: async ({ pages, keptPages, newPage, stack }, use) => {
    await use(
      pages === 'kept' ? await keptPages.of('bob') : await signIn(await newPage(), stack, 'bob'),
    )
  },
})

export { expect }
