import type { Tab } from './browser.ts'

const PATIENCE_MS = 30_000
const LOOK_EVERY_MS = 100
/** W3C WebDriver, "Keyboard actions": keys that are not letters. */
export const KEY = {
  enter: '\uE007',
  end: '\uE010',
  home: '\uE011',
  pageUp: '\uE00E',
  f6: '\uE036',
}

/** Polls the page until the condition holds; fails with a description of it. */
export async function until<Args extends readonly unknown[]>(
  tab: Tab,
  what: string,
  condition: (...args: Args) => unknown,
  ...args: Args
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    // A page that is being left cannot answer; the next one can.
    if (await tab.evaluate(condition, ...args).catch(() => false)) return
    if (performance.now() > deadline) throw new Error(`${what}: not within ${PATIENCE_MS / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/** Clicks the middle of the element with these words. */
export async function click(tab: Tab, selector: string, words = ''): Promise<void> {
  await until(tab, `${words || selector} to click`, middleOf, selector, words)
  const middle = await tab.evaluate(middleOf, selector, words)
  if (!middle) throw new Error(`${words || selector} went away`)
  const buttons = [
    { type: 'pointerMove', ...middle, duration: 0 },
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ]
  await tab.act([{ type: 'pointer', id: 'mouse', actions: buttons }])
}

export async function type(tab: Tab, text: string): Promise<void> {
  const actions = Array.from(text).flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ])
  await tab.act([{ type: 'key', id: 'keyboard', actions }])
}

/** Turns the wheel over the middle of an element. */
export async function turnWheel(tab: Tab, selector: string, deltaY: number): Promise<void> {
  const middle = await tab.evaluate(middleOf, selector, '')
  if (!middle) throw new Error(`${selector} is not seen`)
  const scroll = { type: 'scroll', ...middle, deltaX: 0, deltaY, duration: 0 }
  await tab.act([{ type: 'wheel', id: 'wheel', actions: [scroll] }])
}

/** Runs in the page: the position of the element, if nothing covers it. */
function middleOf(selector: string, words: string): { x: number; y: number } | null {
  for (const element of document.querySelectorAll(selector)) {
    const name = `${element.getAttribute('aria-label') ?? ''} ${element.textContent ?? ''}`
    if (!name.includes(words)) continue
    const box = element.getBoundingClientRect()
    const x = Math.round(box.x + box.width / 2)
    const y = Math.round(box.y + box.height / 2)
    const seen = document.elementFromPoint(x, y)
    if (seen && element.contains(seen)) return { x, y }
  }
  return null
}
