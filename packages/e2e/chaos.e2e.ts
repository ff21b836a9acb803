import { expect, test } from '@playwright/test'
import { GIVE_UP } from './give-up.ts'
import { killsOf, runChaos } from './chaos/run-chaos.ts'

/** The short form of `pnpm chaos`; the long one also has an outage and fills a disk. */
test('apis, broker and Postgres killed while people talk over a bad network: nothing acknowledged is lost, duplicated or out of order', async () => {
  test.setTimeout(GIVE_UP.longTestMs)
  const report = await runChaos({
    kills: 6,
    // When to give up: it ends after the sixth kill, in a twentieth of this time where nothing else runs.
    seconds: 360,
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
  const { answers, edited, removed, reacted } = report
  expect(answers + edited + removed + reacted).toBeGreaterThan(0)
})
