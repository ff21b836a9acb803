import { defineConfig } from '@playwright/test'
import { chromiumLaunchOptions } from '@conclave/browser/launch'
import type { WorkerFixtures } from './fixtures.ts'

/** People talking in a real browser, against the production build and the whole stack. */
export default defineConfig<object, WorkerFixtures>({
  testDir: '.',
  testMatch: '*.e2e.ts',
  // Each has a stack of its own; half of a test is waiting, so two of them keep two cores busy.
  workers: 2,
  fullyParallel: false,
  // A test that passes the second time is a bug that hides.
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  outputDir: '../../test-results',
  use: {
    launchOptions: await chromiumLaunchOptions(),
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    // No film of every test: drawing it takes as much processor as the browser itself.
    trace: { mode: 'retain-on-failure', screenshots: false },
  },
  projects: [
    { name: 'tenant on another site' },
    {
      name: 'tenant on the same site',
      testMatch: 'session.e2e.ts',
      use: { tenantOnAnotherSite: false },
    },
  ],
})
