import { expect, type Page } from '@playwright/test'
import { messages } from './actions.ts'

/** The first message that begins in the view of the list: its id, and how many pixels below the upper edge it is. */
export async function topOfView(page: Page): Promise<{ id: string | undefined; top: number }> {
  return messages(page).evaluate((pane) => {
    const from = pane.getBoundingClientRect().top
    const places = [...pane.querySelectorAll<HTMLElement>('article')].map((article) => ({
      id: article.dataset['messageId'],
      top: article.getBoundingClientRect().top - from,
    }))
    return places.find(({ top }) => top >= 0) ?? { id: undefined, top: 0 }
  })
}

/** Scrolls on until the line with this number of a long room is in view or passed. Pages are loaded on the way. */
export async function wheelPast(page: Page, line: number, by: number): Promise<void> {
  await messages(page).hover()
  await expect(async () => {
    if (await messages(page).evaluate(isPast, { line, by })) return
    await page.mouse.wheel(0, by)
    expect(await messages(page).evaluate(isPast, { line, by })).toBe(true)
  }).toPass({ intervals: [10] })
}

/** The most pixels that the first message in view moves in any frame while something happens. */
export async function movedBy(page: Page, happen: () => Promise<unknown>): Promise<number> {
  const { id } = await topOfView(page)
  const watching = await messages(page).evaluateHandle((pane, id) => {
    const topNow = () => {
      const article = pane.querySelector(`[data-message-id="${id}"]`)
      return article ? article.getBoundingClientRect().top : Number.NaN
    }
    const first = topNow()
    const watch = { most: 0, isOver: false }
    const look = () => {
      const by = Math.abs(topNow() - first)
      // It is gone, which is as bad as far away.
      watch.most = Math.max(watch.most, Number.isNaN(by) ? 10_000 : by)
      if (!watch.isOver) requestAnimationFrame(look)
    }
    look()
    return watch
  }, id)
  await happen()
  await frames(page, 5)
  return watching.evaluate((watch) => {
    watch.isOver = true
    return watch.most
  })
}

/** What was seen while somebody scrolled: frames in which no message was in the middle, and the most messages at once. */
export async function seenWhile(
  page: Page,
  scroll: () => Promise<unknown>,
): Promise<{ blankFrames: number; mostMounted: number }> {
  const watching = await messages(page).evaluateHandle((pane) => {
    const watch = { blankFrames: 0, mostMounted: 0, isOver: false }
    const look = () => {
      const articles = [...pane.querySelectorAll('article')]
      const { top, bottom } = pane.getBoundingClientRect()
      const isFilled = articles.some((article) => {
        const place = article.getBoundingClientRect()
        return place.bottom > top && place.top < bottom
      })
      if (!isFilled) watch.blankFrames += 1
      watch.mostMounted = Math.max(watch.mostMounted, articles.length)
      if (!watch.isOver) requestAnimationFrame(look)
    }
    look()
    return watch
  })
  await scroll()
  await frames(page, 5)
  return watching.evaluate((watch) => {
    watch.isOver = true
    const { blankFrames, mostMounted } = watch
    return { blankFrames, mostMounted }
  })
}

export async function frames(page: Page, count: number): Promise<void> {
  await page.evaluate(async (count) => {
    for (let nth = 0; nth < count; nth += 1)
      await new Promise((done) => requestAnimationFrame(done))
  }, count)
}

/** Runs in the page. */
function isPast(
  pane: HTMLElement | SVGElement,
  { line, by }: { line: number; by: number },
): boolean {
  const view = pane.getBoundingClientRect()
  const lines = [...pane.querySelectorAll('article')]
    .filter((article) => {
      const { top, bottom } = article.getBoundingClientRect()
      return bottom > view.top && top < view.bottom
    })
    .map(({ textContent }) => Number(/line (\d+) of/.exec(textContent ?? '')?.[1]))
    .filter((number) => !Number.isNaN(number))
  return lines.some((number) => (by < 0 ? number <= line : number >= line))
}
