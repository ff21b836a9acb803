import type { Page } from '@playwright/test'
import axeCore from 'axe-core'

/** The WCAG 2.1 AA rules that a program can check. */
const WCAG_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/**
 * What is wrong with the current page, in the light and the dark theme: one line for each problem. The page's own
 * policy stays on, because axe is injected through the debugger. axe mistakes Base UI's focus guards for hidden
 * elements that keep the focus; they pass it on.
 */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeCore.source)
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    // In the middle of a fade all colours are wrong.
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
