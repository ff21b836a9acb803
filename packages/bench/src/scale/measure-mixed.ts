import { paced } from '../load/fixed-rate.ts'
import { percentile } from '../statistics.ts'
import { actsIn, type ScaleActs } from './scale-acts.ts'
import type { Page } from './owner-page.ts'
import type { ScaleRun } from './scale-run.ts'

const PER_SECOND = 50

interface Watched {
  frames: number[]
  notLiveMs: number
  ms: number
}

/** Many events a second: of ten, two are status changes, two messages in the open room, and six in other rooms. */
export async function measureMixed({ options, sides, note, progress }: ScaleRun): Promise<void> {
  for (const side of sides) {
    progress(`${PER_SECOND} events a second in the ${side.world.size} team`)
    const { world } = side
    await world.crowd.renew(world.crowd.size)
    const acts = actsIn(world)
    const tab = await side.tab()
    await tab.page.bringToFront()
    await tab.quiet()
    await tab.page.evaluate(startWatching)
    const count = PER_SECOND * options.mixedSeconds
    await paced({ count, perSecond: PER_SECOND }, async (turn) => mixed(acts, turn))
    const endedAt = performance.now()
    const rested = await tab.quiet().then(
      () => 'at rest',
      () => 'not at rest',
    )
    progress(`The page was ${rested} ${seconds(performance.now() - endedAt)} s after the end`)
    const { frames, notLiveMs, ms } = await watched(tab.page)
    note('frame-p99', side, percentile(frames, 0.99))
    note('live-share', side, (notLiveMs / ms) * 100)
  }
}

async function mixed({ status, openRoom, otherRoom }: ScaleActs, turn: number): Promise<void> {
  if (turn % 5 === 0) return status(turn / 5)
  return turn % 5 === 1 ? openRoom(turn) : otherRoom(turn)
}

/** Runs in the page. */
function startWatching(): void {
  const beganAt = performance.now()
  const seen = { frames: [] as number[], notLiveMs: 0, ms: 0 }
  let last = beganAt
  function look(now: number): void {
    const frame = now - last
    seen.frames.push(frame)
    if (document.documentElement.dataset['realtime'] !== 'live') seen.notLiveMs += frame
    seen.ms += frame
    last = now
    requestAnimationFrame(look)
  }
  requestAnimationFrame((now) => {
    last = now
    requestAnimationFrame(look)
  })
  Object.assign(window, { scaleFrames: seen })
}

/** What it has seen so far; waits for the page to answer, however long that takes. */
async function watched(page: Page): Promise<Watched> {
  return page.evaluate(() =>
    structuredClone((window as unknown as { scaleFrames: Watched }).scaleFrames),
  )
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1)
}
