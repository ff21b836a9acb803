import { expect, test } from '@playwright/test'
import { runChaos } from './chaos/run.ts'

/** The short form of `pnpm chaos`; the long one kills the broker too. */
test('the api killed five times while people talk: nothing acknowledged is lost, doubled or out of order', async () => {
  const report = await runChaos({ kills: 5, seconds: 30, broker: false, lifeMs: 400, seed: 5 })
  expect(report.failures).toEqual([])
  expect(report.kills).toBe(5)
  expect(report.acknowledged).toBeGreaterThan(20)
})
