import { launchBrowser } from '@conclave/browser/launch'
import { startStack, type Stack } from '@conclave/dev-stack/stack'
import type { Arena } from '../arena.ts'
import { bytesBeforeFirstMessage, markFirstMessage } from './web-bytes.ts'

type Browser = Awaited<ReturnType<typeof launchBrowser>>
type Page = Awaited<ReturnType<Browser['newPage']>>

const SWITCHES = 20

/** What a browser loads before the first message shows, and how fast it changes to a room that it has loaded. */
export async function measureWeb({ figures, pinning, progress }: Arena): Promise<void> {
  progress('Opening the web in a browser')
  figures.define({
    id: 'web-bytes',
    title: 'JavaScript before the first message shows, gzipped',
    unit: 'kB',
    better: 'less',
  })
  figures.define({
    id: 'web-switch',
    title: 'Changing to a room that was open before',
    unit: 'ms',
    better: 'less',
  })
  const stack = await pinning.serverSide(() =>
    startStack({ web: 'built', ports: 'free', seed: true }),
  )
  let browser: Browser | undefined
  try {
    browser = await launchBrowser()
    const page = await browser.newPage()
    await markFirstMessage(page)
    await signIn(page, stack)
    await page.getByRole('log', { name: 'Messages' }).getByRole('article').first().waitFor()
    figures.note('web-bytes', 'conclave', await bytesBeforeFirstMessage(page))
    for (const ms of await switchRooms(page)) figures.note('web-switch', 'conclave', ms)
  } finally {
    await browser?.close()
    await stack.close()
  }
}

async function signIn(page: Page, stack: Stack): Promise<void> {
  const [alice] = stack.people
  await page.goto(stack.web)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Email address').fill(alice?.email ?? '')
  await page.getByLabel('Password').fill(alice?.password ?? '')
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** Runs in the page: from the click to the frame in which the other room's messages are there. */
async function switchRooms(page: Page): Promise<number[]> {
  const rooms = page.getByRole('navigation', { name: 'Rooms' })
  const names = ['General', 'Design']
  for (const name of names) {
    await rooms.getByRole('link', { name }).click()
    await page.getByRole('heading', { name, exact: true }).waitFor()
    await page.getByRole('log', { name: 'Messages' }).getByRole('article').first().waitFor()
  }
  const waits: number[] = []
  for (let turn = 0; turn < SWITCHES; turn++) {
    const name = names[turn % names.length] ?? ''
    waits.push(await rooms.getByRole('link', { name }).evaluate(clickAndWait, name))
  }
  return waits
}

async function clickAndWait(link: HTMLElement | SVGElement, name: string): Promise<number> {
  const startedAt = performance.now()
  ;(link as HTMLElement).click()
  return new Promise((resolve) => {
    function look(): void {
      const heading = [...document.querySelectorAll('h1')].some((h1) => h1.textContent === name)
      // One frame later it is on the screen.
      if (heading && document.querySelector('[role=log] article'))
        requestAnimationFrame(() => resolve(performance.now() - startedAt))
      else requestAnimationFrame(look)
    }
    look()
  })
}
