import { defineConfig } from '@playwright/test'
import { chromiumLaunchOptions } from '@conclave/browser/launch'
import type { WorkerFixtures } from './fixtures.ts'
import { GIVE_UP } from './give-up.ts'
import { DESK } from './window-size.ts'

const CHAOS = 'chaos.e2e.ts'
const SESSION = 'session.e2e.ts'

/** End-to-end tests in a real browser, against the production build and the whole stack. */
export default defineConfig<object, WorkerFixtures>({
  testDir: '.',
  testMatch: '*.e2e.ts',
  // Each worker has its own stack; more than half of a test is waiting, so three workers keep two cores busy.
  workers: 3,
  fullyParallel: false,
  // A test that passes only on the second try hides a bug.
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  timeout: GIVE_UP.testMs,
  expect: { timeout: GIVE_UP.expectMs, toPass: { timeout: GIVE_UP.expectMs } },
  outputDir: '../../test-results',
  use: {
    launchOptions: await chromiumLaunchOptions(),
    viewport: DESK,
    locale: 'en-GB',
    // A trace takes a fifth of a test's own processor time: `--trace on` has one of what fails.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  // Those with a stack of their own come first: later, each would end another's to begin.
  projects: [
    { name: 'crashes', testMatch: CHAOS },
    { name: 'tenant on the same site', testMatch: SESSION, use: { tenantOnAnotherSite: false } },
    { name: 'tenant on another site', testIgnore: CHAOS },
  ],
})
