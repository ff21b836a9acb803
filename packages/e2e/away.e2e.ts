import {
  beginSignIn,
  choose,
  composer,
  messages,
  openRoom,
  rooms,
  say,
  sees,
  signIn,
  something,
  unsent,
  waitUntilLive,
} from './actions.ts'
import type { Page } from '@playwright/test'
import { test } from './behind-proxy.ts'
import { BAD_GATEWAY, PORTAL } from './company-proxy.ts'
import { expect } from './fixtures.ts'

test.use({ pages: 'own' })

test('where WebSockets are blocked, messages are fetched by polling, and the page says so', async ({
  alice,
  proxied: page,
  company: proxy,
  stack,
}) => {
  proxy.refusesSockets = true
  await beginSignIn(page, stack, 'bob')
  await expect(page.getByText(/^No live connection/)).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-realtime', 'polling')
  const [hers, his] = [something('Said to somebody behind a proxy'), something('And the answer')]
  await say(alice, hers)
  await sees(page, hers)
  await say(page, his)
  await sees(page, his)
  await sees(alice, his)
  proxy.refusesSockets = false
  await waitUntilLive(page)
  await expect(page.getByText(/^No live connection/)).toBeHidden()
})

test('with the tenant down at a reload, the page says so at once, and recovers when it is back', async ({
  proxied: page,
  company: proxy,
  stack,
}) => {
  await signIn(page, stack, 'bob')
  await composer(page).fill('Not sent yet')
  for (const meddling of ['breaks', BAD_GATEWAY, PORTAL] as const) {
    proxy.meddle = ({ origin }) => (origin === new URL(stack.auth0).origin ? meddling : undefined)
    await page.reload()
    await expect(page.getByText('The sign-in service is not responding')).toBeVisible({
      timeout: 8_000,
    })
    proxy.meddle = () => undefined
    await expect(composer(page)).toHaveValue('Not sent yet')
    await waitUntilLive(page)
  }
})

test('the page says which server is down, and notices when it is back', async ({
  newPage,
  stack,
}) => {
  const bob = await newPage()
  await bob.clock.install()
  await signIn(bob, stack, 'bob')
  await stack.killApi()
  // While nothing calls the api, the page checks it three times a minute.
  await bob.clock.fastForward('00:21')
  const banner = bob.getByText(LINES.api)
  await expect(banner).toBeVisible()
  await expect(bob.locator('html')).toHaveAttribute('data-realtime', 'api-away')
  // It covers none of the messages.
  const [line, pane] = [await banner.boundingBox(), await messages(bob).boundingBox()]
  expect(pane!.y).toBeGreaterThan(line!.y + line!.height)
  await bob.setViewportSize({ width: 360, height: 740 })
  await bob.getByRole('link', { name: /members?$/ }).click()
  // There, the panel covers the room and its banner.
  await expect(bob.getByRole('complementary', { name: 'Members' }).locator(banner)).toBeVisible()
  await bob.getByRole('link', { name: 'Close members' }).click()
  await bob.setViewportSize({ width: 1280, height: 720 })
  await choose(bob, 'Busy')
  await expect(bob.getByText('The server is not responding. Try again in a moment.')).toBeVisible()
  // It stays on every page, and is not shown again on each.
  await rooms(bob).getByRole('link', { name: 'Browse rooms' }).click()
  await expect(banner).toBeVisible({ timeout: 2_000 })
  await stack.startApi()
  await waitUntilLive(bob)
  await expect(banner).toBeHidden()
  await rooms(bob).getByRole('link', { name: 'General' }).click()

  await stack.killApi()
  await stack.killPusher()
  await bob.reload()
  await expect(bob.getByRole('alert')).toContainText('Conclave could not start yet')
  await stack.startApi()
  await expect(composer(bob)).toBeVisible()
  await isTold(bob, 'broker')
  await stack.startPusher()
  await waitUntilLive(bob)
  await isTold(bob, 'nothing')
})

test('the line and the words beside a message say what is away, also when several are', async ({
  alice,
  newPage,
  stack,
}) => {
  const bob = await newPage()
  await bob.clock.install()
  await signIn(bob, stack, 'bob')
  await openRoom(bob, 'General')
  await openRoom(alice, 'General')
  await stack.killPusher()
  await isTold(bob, 'broker')
  const [his, hers] = [something('Sent without a broker'), something('Come without a broker')]
  await say(bob, his)
  await sees(bob, his)
  await say(alice, hers)
  await sees(bob, hers)

  // A server that hangs refuses nothing.
  process.kill(stack.apiPid, 'SIGSTOP')
  const waiting = something('Waits for the api')
  await say(bob, waiting)
  await bob.clock.fastForward('00:03')
  await isTold(bob, 'api')
  await expect(unsent(bob)).toHaveText('Waiting')
  await stack.killApi()
  await bob.context().setOffline(true)
  await isTold(bob, 'offline')
  await expect(unsent(bob)).toHaveText('Waiting')
  await bob.context().setOffline(false)
  await isTold(bob, 'api')
  await expect(unsent(bob)).toHaveText(/^(Waiting|Not sent yet - it is sent by itself)/)

  await stack.startApi()
  await bob.clock.fastForward('00:09')
  await isTold(bob, 'broker')
  await sees(bob, waiting)
  await stack.startPusher()
  await bob.clock.fastForward('00:16')
  await isTold(bob, 'nothing')
  await sees(alice, waiting)
})

test('a blip changes nothing that is said, and what lasts is said once', async ({
  newPage,
  stack,
}) => {
  const bob = await newPage()
  await bob.clock.install()
  await signIn(bob, stack, 'bob')
  await openRoom(bob, 'General')
  await expect(bob.getByTitle('Live')).toBeVisible()
  const heard = await hearStatus(bob)
  await bob.clock.pauseAt(Date.now() + 60_000)
  await waitUntilLive(bob)
  await goOffline(bob)
  await bob.clock.runFor(1_000)
  await isTold(bob, 'nothing yet')
  await bob.context().setOffline(false)
  // In steps, so that a machine that is busy has time to fetch what may be missing.
  await expect(async () => {
    await bob.clock.runFor(20)
    await expect(bob.locator('html')).toHaveAttribute('data-realtime', 'live', { timeout: 100 })
  }).toPass()
  expect(await heard()).toEqual([])

  await bob.clock.pauseAt(Date.now() + 120_000)
  await waitUntilLive(bob)
  await goOffline(bob)
  await bob.clock.runFor(2_100)
  await isTold(bob, 'offline')
  await bob.clock.resume()
  await bob.context().setOffline(false)
  await isTold(bob, 'nothing')
  // It takes longer to catch up on a busy machine, and that is said then.
  const texts = (await heard()).filter((text) => text !== 'Catching up…')
  expect(texts).toEqual([expect.stringMatching(LINES.offline), 'Live'])
})

/** What the line above a page says. */
const LINES = {
  offline: /^You are offline - nothing goes out or comes in/,
  api: /^The server is not responding - nothing goes out/,
  broker: /^No live connection - what you send goes out/,
} as const

/** The line says this and nothing else; `nothing yet` also means that the dot is not green. */
async function isTold(page: Page, what: keyof typeof LINES | 'nothing' | 'nothing yet') {
  if (what in LINES) await expect(page.getByText(LINES[what as keyof typeof LINES])).toBeVisible()
  for (const [other, line] of Object.entries(LINES))
    if (other !== what) await expect(page.getByText(line)).toHaveCount(0)
  const isGreen = page.locator('output .bg-available')
  await expect(isGreen).toHaveCount(what === 'nothing' ? 1 : 0)
}

async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await expect(page.locator('html')).toHaveAttribute('data-realtime', 'offline')
}

/** Notes what a screen reader is told of the connection from now on; gives what it was. */
async function hearStatus(page: Page): Promise<() => Promise<string[]>> {
  const said = await page.evaluateHandle(() => {
    const texts: string[] = []
    const last = new Map<Element, string>()
    const regions = [...document.querySelectorAll('main output')]
    for (const region of regions) last.set(region, region.textContent ?? '')
    new MutationObserver(() => {
      for (const region of regions) {
        const text = region.textContent ?? ''
        if (text !== last.get(region) && text !== '') texts.push(text)
        last.set(region, text)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    return texts
  })
  return async () => said.jsonValue()
}

test('"Today" stays true after a night asleep, and times after a change of time zone', async ({
  browser,
  stack,
}) => {
  // Shortly before midnight in some time zone, so the clock need not be far from the one that signs tokens.
  const hoursToMidnight = 23 - new Date().getUTCHours()
  const west = hoursToMidnight > 12
  const zone = west ? `Etc/GMT+${24 - hoursToMidnight}` : `Etc/GMT-${hoursToMidnight}`
  const context = await browser.newContext({ timezoneId: zone })
  const page = await context.newPage()
  await page.clock.install()
  await signIn(page, stack, 'bob')
  await say(page, something('Said before midnight'))
  const today = messages(page).getByRole('heading', { name: 'Today' })
  await expect(today).toBeVisible()
  // Like a machine that sleeps: the clock goes on, timers stand still.
  await page.clock.setSystemTime(Date.now() + 3_600_000)
  await page.clock.runFor(31_000)
  await expect(today).toBeHidden()
  await expect(messages(page).getByRole('heading', { name: 'Yesterday' })).toBeVisible()
  await context.close()

  const traveller = await browser.newContext()
  const journey = await signIn(await traveller.newPage(), stack, 'bob')
  const times = async () => messages(journey).getByRole('time').allInnerTexts()
  const before = await times()
  const devTools = await traveller.newCDPSession(journey)
  await devTools.send('Emulation.setTimezoneOverride', { timezoneId: 'Asia/Kathmandu' })
  await journey.evaluate(() => window.dispatchEvent(new Event('focus')))
  await expect.poll(times).not.toEqual(before)
  await traveller.close()
})
