import { setTimeout as delay } from 'node:timers/promises'
import type { OwnerPage } from './owner-page.ts'
import type { ScaleRun, ScaleSide } from './scale-run.ts'

const A_MINUTE_MS = 65_000
const KILOBYTE = 1_000

/** Starts in turn, then what the page weighs and what it requests while nothing happens. */
export async function measureStart(run: ScaleRun): Promise<void> {
  const { options, sides, note, progress } = run
  for (let round = 0; round < options.rounds; round++)
    for (const side of sides) {
      progress(`Starting in the ${side.world.size} team`)
      const page = await side.open(side.world.open.id)
      note('first-message', side, page.started.firstMessageMs)
      note('live', side, page.started.liveMs)
      await page.quiet()
      note('people-start', side, page.takePeopleBytes() / KILOBYTE)
      if (round < options.rounds - 1) await page.close()
      else await weigh(run, side, page)
    }
}

async function weigh({ note, progress }: ScaleRun, side: ScaleSide, page: OwnerPage) {
  note('heap', side, await page.heapMb())
  note('channels', side, page.channels())
  progress('Waiting for a minute in which nothing happens')
  page.takePeopleBytes()
  await delay(A_MINUTE_MS)
  note('people-minute', side, page.takePeopleBytes() / KILOBYTE)
  await page.close()
}
