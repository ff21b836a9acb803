import { defineConfig } from '@playwright/test'
import { chromiumLaunchOptions } from '@conclave/browser/launch'
import type { WorkerFixtures } from './fixtures.ts'

/** People talking in a real browser, against the production build and the whole stack. */
export default defineConfig<object, WorkerFixtures>({
  testDir: '.',
  testMatch: '*.e2e.ts',
  // One stack and two cores: the tests take turns.
  workers: 1,
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
    trace: 'retain-on-failure',
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
