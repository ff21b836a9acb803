import { expect, test } from '@playwright/test'
import { killsOf, runChaos } from './chaos/run.ts'

/** The short form of `pnpm chaos`; the long one also has an outage and fills a disk. */
test('apis, broker and Postgres killed while people talk over a bad network: nothing acknowledged is lost, duplicated or out of order', async () => {
  // A third of this is enough on a machine that does nothing else.
  test.setTimeout(120_000)
  const report = await runChaos({
    kills: 6,
    seconds: 50,
    outageSeconds: 0,
    diskFull: false,
    lifeMs: 300,
    awayMs: 300,
    seed: 5,
  })
  expect(report.failures).toEqual([])
  expect(killsOf(report)).toBe(6)
  expect(Object.values(report.kills)).not.toContain(0)
  expect(report.acknowledged).toBeGreaterThan(20)
})
