import type { Browser, BrowserContext, Page } from '@playwright/test'

/** What a browser did that no text may make it do. */
export interface Watch {
  context: BrowserContext
  page: Page
  /** Where `own()` ran. */
  executions: string[]
  dialogs: string[]
  violations: string[]
}

/** Opens and watches a separate browser; with `policy` off, only our own code is between text and script. */
export async function openWatched(
  browser: Browser,
  options: { policy: 'on' | 'off'; colorScheme?: 'light' | 'dark' },
): Promise<Watch> {
  const context = await browser.newContext({
    bypassCSP: options.policy === 'off',
    colorScheme: options.colorScheme ?? 'light',
  })
  const watch = { context, executions: [] as string[], dialogs: [] as string[] }
  const violations: string[] = []
  await context.exposeBinding('own', ({ frame }) => void watch.executions.push(frame.url()))
  await context.exposeBinding('violated', (_, what: string) => void violations.push(what))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const watcher = window as unknown as { violated: (what: string) => void }
      watcher.violated(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
    })
  })
  context.on('dialog', (dialog) => {
    watch.dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  return { ...watch, violations, page: await context.newPage() }
}

/** Inserts each row as the markup it imitates, which our code never does; returns how many of them ran. */
export async function runAsMarkup(
  watch: Watch,
  canary: string,
  rows: readonly string[],
): Promise<void> {
  await watch.page.goto(canary)
  await watch.page.evaluate(async (rows) => {
    const frames = rows.map((row) => {
      const frame = document.createElement('iframe')
      frame.srcdoc = row
      return frame
    })
    document.body.append(...frames)
    await Promise.all(
      frames.map((frame) => new Promise((resolve) => frame.addEventListener('load', resolve))),
    )
  }, rows)
}
