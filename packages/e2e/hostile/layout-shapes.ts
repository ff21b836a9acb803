/* oxlint-disable unicorn/consistent-function-scoping -- What is evaluated in the page brings its functions along. */
import type { Page } from '@playwright/test'

export interface Place {
  /** What it shows. */
  text: string
  /** The positions of its parts, in whole pixels, and the text of its neighbours. */
  shape: Record<string, number | string>
  /** Where its links lead, and which hosts they show. */
  links: string[]
  hosts: string[]
}

/**
 * Scrolls through the whole history and describes the layout of each message, in the order in which this process posted them:
 * ids are UUIDv7. The order in which they are mounted would be the machine's.
 */
export async function messageShapes(page: Page): Promise<Place[]> {
  return page.evaluate(async () => {
    const log = document.querySelector<HTMLElement>('[role=log]')
    if (!log) throw new Error('no room is open')
    const found = new Map<string, Place>()
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    // A list that has just opened goes to the first unread message, and grows as its rows are measured.
    for (let atEnd = 0; atEnd < 15;) {
      log.scrollTop = log.scrollHeight
      await frame()
      atEnd = log.scrollHeight - log.scrollTop - log.clientHeight <= 2 ? atEnd + 1 : 0
    }
    let stuck = 0
    while (stuck < 30) {
      await frame()
      const before = found.size
      for (const article of log.querySelectorAll<HTMLElement>('article')) {
        found.set(article.dataset['messageId'] ?? '', placeOf(article, log))
      }
      const top = log.scrollTop
      log.scrollTop = Math.max(0, top - log.clientHeight / 2)
      stuck = found.size === before && log.scrollTop === top ? stuck + 1 : 0
    }
    return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place)

    function placeOf(article: HTMLElement, pane: HTMLElement): Place {
      const [avatar, line] = article.children
      const name = line?.querySelector('bdi')
      const time = article.querySelector('time')
      const text = article.querySelector('.written')
      const chip = article.querySelector('button[aria-pressed]')
      const box = article.getBoundingClientRect()
      const at = (element: Element | null | undefined) => element?.getBoundingClientRect() ?? box
      const digits = document.createRange()
      if (time?.firstChild) digits.selectNodeContents(time)
      const firstDigit = document.createRange()
      if (time?.firstChild) {
        firstDigit.setStart(time.firstChild, 0)
        firstDigit.setEnd(time.firstChild, 1)
      }
      const within = [name, time, text].every((element) => at(element).right <= at(pane).right)
      const links = [...article.querySelectorAll('a')]
      return {
        text: text?.textContent ?? '',
        links: links.map((link) => link.getAttribute('href') ?? ''),
        hosts: links
          .flatMap((link) => /^https?:\/\/([^/?#]+)/i.exec(link.innerText)?.[1] ?? [])
          .map((host) => host.toLowerCase()),
        shape: {
          'avatar from the left': Math.round(at(avatar).left - box.left),
          'avatar width': Math.round(at(avatar).width),
          'name from the left': Math.round(at(name).left - box.left),
          'name height': Math.round(at(name).height),
          'time after the name': Math.round(at(time).left - at(name).right),
          'time reads from': Math.round(
            firstDigit.getBoundingClientRect().left - digits.getBoundingClientRect().left,
          ),
          'text from the left': Math.round(at(text).left - box.left),
          'text below the name': Math.round(at(text).top - at(name).bottom),
          'chip from the left': Math.round(at(chip).left - box.left),
          'chip below the text': Math.round(at(chip).top - at(text).bottom),
          'chip width': Math.round(at(chip).width),
          'chip height': Math.round(at(chip).height),
          'all within the pane': String(within),
        },
      }
    }
  })
}

/** The layout of each room in the list. Of a long list only what is in view is mounted, so it is scrolled through. */
export async function roomShapes(page: Page): Promise<Place[]> {
  const nav = page.getByRole('navigation', { name: 'Rooms' })
  const found = new Map<string, Place>()
  for (let views = 0, isMore = true; isMore; views++) {
    isMore = await nav.evaluate(async (pane, nth) => {
      pane.scrollTo(0, nth * pane.clientHeight)
      // Mounted in the next frame, and measured in the one after it.
      for (const _ of [1, 2, 3]) await new Promise((done) => requestAnimationFrame(done))
      return pane.scrollTop + pane.clientHeight < pane.scrollHeight - 1
    }, views)
    for (const place of await mountedRoomShapes(page)) found.set(place.text, place)
  }
  return [...found.values()]
}

function mountedRoomShapes(page: Page): Promise<Place[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('nav a')].map((link) => {
      const [glyph, name] = link.children
      const box = link.getBoundingClientRect()
      const at = (element: Element | undefined) => element?.getBoundingClientRect() ?? box
      const words = document.createRange()
      if (name) words.selectNodeContents(name)
      const begin = Math.max(words.getBoundingClientRect().left, at(name).left)
      return {
        text: name?.textContent ?? '',
        links: [],
        hosts: [],
        shape: {
          height: Math.round(box.height),
          'glyph from the left': Math.round(at(glyph).left - box.left),
          'glyph width': Math.round(at(glyph).width),
          'name from the left': Math.round(at(name).left - box.left),
          'words from the left': Math.round(begin - box.left),
          'name height': Math.round(at(name).height),
          'within the row': String(at(name).right <= box.right),
        },
      }
    }),
  )
}
