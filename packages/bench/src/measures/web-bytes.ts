import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { launchBrowser } from '@conclave/browser/launch'
import { ROOT } from '@conclave/dev-stack/root'

type Browser = Awaited<ReturnType<typeof launchBrowser>>
type Page = Awaited<ReturnType<Browser['newPage']>>

const DIST = join(ROOT, 'apps', 'web', 'dist')
const KILOBYTE = 1_000
const FIRST_MESSAGE = 'first-message'

/** Must be called before the page is opened. */
export async function markFirstMessage(page: Page): Promise<void> {
  await page.addInitScript((mark) => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('[role=log] article')) return
      performance.mark(mark)
      observer.disconnect()
    })
    observer.observe(document, { subtree: true, childList: true })
  }, FIRST_MESSAGE)
}

/** All scripts that the browser requested before the first message was shown, needed for it or not. */
export async function bytesBeforeFirstMessage(page: Page): Promise<number> {
  const paths = await page.evaluate((mark) => {
    const [shown] = performance.getEntriesByName(mark)
    if (!shown) throw new Error('No message was shown')
    return performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime < shown.startTime)
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith('.js'))
  }, FIRST_MESSAGE)
  return [...new Set(paths)].reduce((sum, path) => sum + gzipped(path), 0) / KILOBYTE
}

function gzipped(path: string): number {
  return gzipSync(readFileSync(join(DIST, path))).length
}
