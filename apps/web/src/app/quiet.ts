import type { QueryClient } from '@tanstack/react-query'
import { countWaiting } from '../features/messages/waiting.ts'
import type { KeptPlaces } from '../session/kept.ts'

/** How long a visible page must be untouched. */
const IDLE_MS = 300_000
const HANDS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove', 'focusin'] as const
const OPEN = '[role=dialog], [role=alertdialog], [role=menu]'

type Page = Pick<Document, 'hidden' | 'querySelector' | 'querySelectorAll' | 'addEventListener'>

/** Whether a reload would disturb nobody: nothing is being written or sent, and nobody is using the page. */
export function createQuiet(options: {
  queryClient: QueryClient
  kept: KeptPlaces
  page: Page
  signal: AbortSignal
}): () => boolean {
  const { queryClient, kept, page, signal } = options
  let touchedAt = performance.now()
  for (const event of HANDS) {
    page.addEventListener(event, () => void (touchedAt = performance.now()), {
      capture: true,
      passive: true,
      signal,
    })
  }

  return () => {
    if (!page.hidden && performance.now() - touchedAt < IDLE_MS) return false
    if (isWriting(page)) return false
    if (!kept.tab.isStored() || !kept.browser.isStored()) return false
    return countWaiting(kept.browser) === 0 && queryClient.isMutating() === 0
  }
}

function isWriting(page: Page): boolean {
  const fields = page.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'textarea, input:not([type=radio], [type=checkbox])',
  )
  return [...fields].some(({ value }) => value !== '') || page.querySelector(OPEN) !== null
}
