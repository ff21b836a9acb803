import type { launchBrowser } from '@conclave/browser/launch'
import type { ScaleWorld } from './scale-world.ts'

export type Browser = Awaited<ReturnType<typeof launchBrowser>>
export type Context = Awaited<ReturnType<Browser['newContext']>>
export type Page = Awaited<ReturnType<Browser['newPage']>>
type Cdp = Awaited<ReturnType<Context['newCDPSession']>>

const WINDOW = { width: 1_280, height: 800 }
const STARTS_WITHIN_MS = 180_000
const LOOK_EVERY_MS = 200
const QUIET_MS = 500
/** A page that does less than this in `QUIET_MS` is at rest. */
const QUIET_WORK_MS = 10
const SECOND = 1_000

interface Started {
  firstMessageMs: number
  liveMs: number
}

/** What the owner has open: a tab with the devtools attached. */
export interface OwnerPage {
  page: Page
  started: Started
  /** Bytes on the wire of everything under /v1/people, since the previous call. */
  takePeopleBytes: () => number
  /** By the frames that the page has sent. */
  channels: () => number
  /** Processor time of the main thread so far, in ms. */
  work: () => Promise<number>
  /** Used by JavaScript after a collection, in MB. */
  heapMb: () => Promise<number>
  /** Resolves once the page has nothing to do. */
  quiet: () => Promise<void>
  close: () => Promise<void>
}

/** A browser of its own, in which the owner is signed in. */
export async function signInOwner(
  browser: Browser,
  { stack, owner }: ScaleWorld,
): Promise<Context> {
  const context = await browser.newContext({ viewport: WINDOW })
  const page = await context.newPage()
  page.setDefaultTimeout(STARTS_WITHIN_MS)
  await page.goto(stack.web)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Email address').fill(owner.email)
  await page.getByLabel('Password').fill(owner.password)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.locator('html[data-realtime=live]').waitFor({ state: 'attached' })
  await page.close()
  return context
}

/** Opens the room in a new tab, and measures how long that takes. */
export async function openOwnerPage(
  context: Context,
  { stack }: ScaleWorld,
  roomId: string,
): Promise<OwnerPage> {
  const page = await context.newPage()
  page.setDefaultTimeout(STARTS_WITHIN_MS)
  const cdp = await context.newCDPSession(page)
  const traffic = await watchTraffic(cdp)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.addInitScript(markStart)
  const beganAt = Date.now()
  await page.goto(`${stack.web}/rooms/${roomId}`)
  const marks = await marksOf(page)
  const metric = async (name: string) => {
    const { metrics } = await cdp.send('Performance.getMetrics')
    return metrics.find((each) => each.name === name)?.value ?? Number.NaN
  }
  const work = async () => (await metric('TaskDuration')) * SECOND
  return {
    page,
    started: {
      firstMessageMs: marks.firstMessage - beganAt,
      liveMs: marks.live - beganAt,
    },
    ...traffic,
    work,
    heapMb: async () => {
      await cdp.send('HeapProfiler.collectGarbage')
      return (await metric('JSHeapUsedSize')) / 1e6
    },
    quiet: async () => untilQuiet(page, work),
    close: async () => page.close(),
  }
}

interface Marks {
  firstMessage: number
  live: number
}

/** Runs in the page, before anything else: notes when the first message is there, and when it is live. */
function markStart(): void {
  const marks: Partial<Marks> = {}
  Object.assign(window, { scaleMarks: marks })
  const observer = new MutationObserver(() => {
    if (!marks.firstMessage && document.querySelector('[role=log] article'))
      marks.firstMessage = Date.now()
    if (!marks.live && document.documentElement.dataset['realtime'] === 'live')
      marks.live = Date.now()
    if (marks.firstMessage && marks.live) observer.disconnect()
  })
  observer.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-realtime'],
  })
}

async function marksOf(page: Page): Promise<Marks> {
  const read = () => {
    const { scaleMarks } = window as unknown as { scaleMarks: Partial<Marks> }
    return scaleMarks.firstMessage && scaleMarks.live ? scaleMarks : null
  }
  const marks = await page.waitForFunction(read, undefined, {
    polling: LOOK_EVERY_MS,
    timeout: STARTS_WITHIN_MS,
  })
  return (await marks.jsonValue()) as Marks
}

/** By the protocol of the devtools, so that nothing in the page has to be changed. */
async function watchTraffic(cdp: Cdp) {
  const ofPeople = new Set<string>()
  const channels = new Set<string>()
  let bytes = 0
  await cdp.send('Network.enable')
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.method === 'GET' && /\/v1\/people\b/.test(request.url)) ofPeople.add(requestId)
  })
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (ofPeople.delete(requestId)) bytes += encodedDataLength
  })
  cdp.on('Network.webSocketFrameSent', ({ response }) => {
    const { event, data } = JSON.parse(response.payloadData) as {
      event: string
      data?: { channel?: string }
    }
    if (event === 'pusher:subscribe') channels.add(data?.channel ?? '')
    if (event === 'pusher:unsubscribe') channels.delete(data?.channel ?? '')
  })
  return {
    takePeopleBytes: () => {
      const taken = bytes
      bytes = 0
      return taken
    },
    channels: () => channels.size,
  }
}

async function untilQuiet(page: Page, work: () => Promise<number>): Promise<void> {
  const deadline = performance.now() + STARTS_WITHIN_MS
  for (let before = await work(); ;) {
    await page.waitForTimeout(QUIET_MS)
    const now = await work()
    if (now - before < QUIET_WORK_MS) return
    if (performance.now() > deadline) throw new Error('The page does not come to rest')
    before = now
  }
}
