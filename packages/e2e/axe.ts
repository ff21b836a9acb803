import type { Page } from '@playwright/test'
import axeCore from 'axe-core'

/** What WCAG 2.1 asks for at level AA, as far as a program can tell. */
const WCAG_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/**
 * What is wrong with the page as it is now, in a light and a dark room: one line for each thing that is. The page's own
 * policy stays on; axe comes in through the debugger. It takes Base UI's guards for hidden things that hold the focus; they
 * pass it on.
 */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeCore.source)
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    // Half-way through a fade every colour is wrong.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const lines = await page.evaluate(async (tags) => {
      const { axe } = globalThis as unknown as { axe: typeof axeCore }
      const { violations } = await axe.run(
        { exclude: '[data-base-ui-focus-guard]' },
        { runOnly: tags, resultTypes: ['violations'] },
      )
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} ${String(target)} ${failureSummary}`),
      )
    }, WCAG_AA)
    found.push(...lines.map((line) => `${colorScheme}: ${line}`))
  }
  return found
}
