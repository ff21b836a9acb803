import type { Page } from './owner-page.ts'
import type { ScaleRun } from './scale-run.ts'

/** As somebody who turns the wheel without a pause: about 40 messages with each turn. */
const TURN_PX = 1_600
const LOG = '[role=log]'
const SWITCHES = 20

interface SeenFrames {
  longest: number
  blank: number
}

/** The largest room is scrolled up and down again, then rooms that were open before are changed. */
export async function measureReading({ options, sides, note, progress }: ScaleRun): Promise<void> {
  for (const side of sides) {
    progress(`Scrolling the largest room of the ${side.world.size} team`)
    const { page, quiet } = await side.tab()
    await page.bringToFront()
    await quiet()
    await page.locator(LOG).hover()
    await page.evaluate(watchFrames, LOG)
    const until = performance.now() + options.mixedSeconds * 1_000
    for (let turn = 0; performance.now() < until; turn++)
      await page.mouse.wheel(0, turn % 100 < 70 ? -TURN_PX : TURN_PX)
    const { longest, blank } = await page.evaluate(() => framesSeen())
    note('scroll-frame', side, longest)
    note('scroll-blank', side, blank)
    for (const ms of await switchRooms(page)) note('room-switch', side, ms)
  }
}

/** Runs in the page. */
declare function framesSeen(): SeenFrames

/** Runs in the page: how long frames take, and in how many of them no message is in view. */
function watchFrames(log: string): void {
  const seen = { longest: 0, blank: 0 }
  let last: number | undefined
  let isOver = false
  function look(now: number): void {
    if (last !== undefined) seen.longest = Math.max(seen.longest, now - last)
    last = now
    const pane = document.querySelector(log)
    const view = pane?.getBoundingClientRect()
    const isFilled = [...(pane?.querySelectorAll('article') ?? [])].some((article) => {
      const { top, bottom } = article.getBoundingClientRect()
      return view !== undefined && bottom > view.top && top < view.bottom
    })
    if (!isFilled) seen.blank += 1
    if (!isOver) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  Object.assign(window, {
    framesSeen: () => {
      isOver = true
      return seen
    },
  })
}

/** From the click to the frame in which the messages of another room are there; each has been open before. */
async function switchRooms(page: Page): Promise<number[]> {
  const links = page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: /./ })
  const addresses = await links.evaluateAll((all) =>
    all
      .map((link) => link.getAttribute('href') ?? '')
      .filter((href) => /^\/rooms\/[0-9a-f-]{36}$/.test(href))
      .slice(0, 2),
  )
  const times: number[] = []
  for (let turn = 0; turn < SWITCHES + addresses.length; turn++) {
    const href = addresses[turn % addresses.length] ?? ''
    const ms = await page.locator(`nav a[href="${href}"]`).first().evaluate(clickAndSee, LOG)
    if (turn >= addresses.length) times.push(ms)
  }
  return times
}

/** Runs in the page. */
async function clickAndSee(link: HTMLElement | SVGElement, log: string): Promise<number> {
  const before = document.querySelector(log)
  const beganAt = performance.now()
  ;(link as HTMLElement).click()
  return new Promise((resolve) => {
    function look(): void {
      const pane = document.querySelector(log)
      // One frame later it is on the screen.
      if (pane && pane !== before && pane.querySelector('article'))
        requestAnimationFrame(() => resolve(performance.now() - beganAt))
      else requestAnimationFrame(look)
    }
    look()
  })
}
