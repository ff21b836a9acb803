import { defineConfig } from '@playwright/test'
import { chromiumLaunchOptions } from '@conclave/browser/launch'
import type { WorkerFixtures } from './fixtures.ts'

/** End-to-end tests in a real browser, against the production build and the whole stack. */
export default defineConfig<object, WorkerFixtures>({
  testDir: '.',
  testMatch: '*.e2e.ts',
  // Each worker has its own stack; half of a test is waiting, so two workers keep two cores busy.
  workers: 2,
  fullyParallel: false,
  // A test that passes only on the second try hides a bug.
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  outputDir: '../../test-results',
  use: {
    launchOptions: await chromiumLaunchOptions(),
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    // No video: recording takes as much processor time as the browser itself.
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
