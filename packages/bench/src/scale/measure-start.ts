import { setTimeout as delay } from 'node:timers/promises'
import type { OwnerPage } from './owner-page.ts'
import type { ScaleRun, ScaleSide } from './scale-run.ts'

const A_MINUTE_MS = 65_000
const KILOBYTE = 1_000

/** Starts in turn, then what the page weighs and what it requests while nothing happens. The last pages stay open. */
export async function measureStart({ options, sides, note, progress }: ScaleRun): Promise<void> {
  const pages = new Map<ScaleSide, OwnerPage>()
  for (let round = 0; round < options.rounds; round++)
    for (const side of sides) {
      progress(`Starting in the ${side.world.size} team`)
      await side.closeTab()
      const page = await side.tab()
      note('first-message', side, page.started.firstMessageMs)
      note('live', side, page.started.liveMs)
      await page.quiet()
      note('people-start', side, page.takePeopleBytes() / KILOBYTE)
      pages.set(side, page)
    }
  for (const [side, page] of pages) {
    note('heap', side, await page.heapMb())
    note('channels', side, page.channels())
    page.takePeopleBytes()
  }
  progress('Waiting for a minute in which nothing happens')
  await delay(A_MINUTE_MS)
  for (const [side, page] of pages) note('people-minute', side, page.takePeopleBytes() / KILOBYTE)
}
