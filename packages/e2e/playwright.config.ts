import { defineConfig } from '@playwright/test'
import { chromiumLaunchOptions } from '@conclave/browser/launch'
import type { WorkerFixtures } from './fixtures.ts'
import { DESK } from './window-size.ts'

const CHAOS = 'chaos.e2e.ts'
const SESSION = 'session.e2e.ts'

/** People talking in a real browser, against the production build and the whole stack. */
export default defineConfig<object, WorkerFixtures>({
  testDir: '.',
  testMatch: '*.e2e.ts',
  // Each has a stack of its own. More than half of a test is waiting, so three of them keep two cores busy.
  workers: 3,
  fullyParallel: false,
  // A test that passes the second time is a bug that hides.
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  outputDir: '../../test-results',
  use: {
    launchOptions: await chromiumLaunchOptions(),
    viewport: DESK,
    locale: 'en-GB',
    // A film and the page at each step cost as much as the browser itself: `--trace on` has them for the one that fails.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
    screenshot: 'only-on-failure',
  },
  // Those with a stack of their own come first: later, each would end another's to begin.
  projects: [
    { name: 'crashes', testMatch: CHAOS },
    { name: 'tenant on the same site', testMatch: SESSION, use: { tenantOnAnotherSite: false } },
    { name: 'tenant on another site', testIgnore: CHAOS },
  ],
})
