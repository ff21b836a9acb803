import { startStack, type Stack } from '@conclave/dev-stack/stack'
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test'
import { signIn } from './actions.ts'
import { canariesOf, seenIn } from './vendor-canaries.ts'
import { VendorView } from './vendor-view.ts'

export interface TestFixtures {
  /** A fresh browser of somebody's own; `open` gives further tabs through its context. */
  newPage: () => Promise<Page>
  alice: Page
  bob: Page
}

export interface WorkerFixtures {
  /** As a real tenant is; a project of its own runs the tests of the session with one on the same site. */
  tenantOnAnotherSite: boolean
  stack: Stack
  vendor: VendorView
}

/** Alice and Bob are signed-in pages; every page fails its test on a script error or a CSP violation. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
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
    { scope: 'worker', timeout: 120_000 },
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
  newPage: async ({ browser }, use) => {
    const contexts: BrowserContext[] = []
    const complaints: string[] = []
    await use(async () => {
      const context = await browser.newContext()
      contexts.push(context)
      context.on('console', (message) => {
        if (
          /Content Security Policy|TrustedType|Trusted Type|Permissions-Policy/.test(message.text())
        )
          complaints.push(message.text())
      })
      context.on('weberror', (error) => complaints.push(String(error.error())))
      return context.newPage()
    })
    await Promise.all(contexts.map((context) => context.close()))
    expect(complaints).toEqual([])
  },
  alice: async ({ newPage, stack }, use) => {
    await use(await signIn(await newPage(), stack, 'alice'))
  },
  bob: async ({ newPage, stack }, use) => {
    await use(await signIn(await newPage(), stack, 'bob'))
  },
})

export { expect }
