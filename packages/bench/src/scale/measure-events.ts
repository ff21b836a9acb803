import { setTimeout as delay } from 'node:timers/promises'
import type { OwnerPage } from './owner-page.ts'
import { actsIn } from './scale-acts.ts'
import type { ScaleRowId } from './scale-goals.ts'
import type { ScaleRun, ScaleSide } from './scale-run.ts'

/** Between two events, so that no two of them share a frame unless the page is too slow for both. */
const BEAT_MS = 300
const IDLE_MS = 3_000

type Act = (nth: number) => Promise<void>

/** What the main thread of the owner's page does for one event, beyond what it does when nothing happens. */
export async function measureEvents(run: ScaleRun): Promise<void> {
  const { options, sides, note, progress } = run
  for (let round = 0; round < options.rounds; round++)
    for (const side of sides) {
      progress(`Events in the ${side.world.size} team`)
      const page = await side.tab()
      await page.page.bringToFront()
      for (const [row, act] of await actsOf(side, options.events, round))
        if (options.rows.includes(row))
          note(row, side, await workPerEvent(side, page, { act, events: options.events }))
    }
}

async function actsOf(
  { world }: ScaleSide,
  events: number,
  round: number,
): Promise<[ScaleRowId, Act][]> {
  await world.crowd.renew(world.crowd.size)
  const { status, newcomers, otherRoom, openRoom } = actsIn(world)
  const from = round * events
  // Each author changes once a round, to another status than in the round before.
  const join = await newcomers(events)
  return [
    ['status', async (nth) => status(from + nth)],
    ['newcomer', join],
    ['other-room', async (nth) => otherRoom(from + nth)],
    ['open-room', async (nth) => openRoom(from + nth)],
  ]
}

async function workPerEvent(
  { world }: ScaleSide,
  page: OwnerPage,
  { act, events }: { act: Act; events: number },
): Promise<number> {
  await page.quiet()
  const idle = await workDuring(page, async () => delay(IDLE_MS))
  const busy = await workDuring(page, async () => {
    for (let nth = 0; nth < events; nth++) {
      await act(nth)
      await world.published()
      await delay(BEAT_MS)
    }
    await page.quiet()
  })
  return Math.max(0, busy.work - (idle.work / idle.ms) * busy.ms) / events
}

async function workDuring(page: OwnerPage, act: () => Promise<void>) {
  const before = await page.work()
  const beganAt = performance.now()
  await act()
  return { work: (await page.work()) - before, ms: performance.now() - beganAt }
}
