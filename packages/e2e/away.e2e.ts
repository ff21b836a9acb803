import type { Page } from '@playwright/test'
import {
  choose,
  composer,
  fillSignIn,
  messages,
  rooms,
  say,
  sees,
  signIn,
  something,
  waitUntilLive,
} from './actions.ts'
import { pageBehind, test } from './behind-proxy.ts'
import { expect } from './fixtures.ts'
import { tenant } from './tenant-dashboard.ts'

test.use({ pages: 'own' })

const PORTAL = { status: 200, body: '<!doctype html><h1>Accept the terms of this network</h1>' }
const BAD_GATEWAY = { status: 502, body: 'Bad gateway' }

/** Whether this is the part of the app that is loaded only after the first view. */
const isPart = (name: string, { pathname }: URL) => pathname.startsWith(`/assets/${name}`)

const trouble = (page: Page) => page.getByRole('alert')
const signInButton = (page: Page) => page.getByRole('button', { name: 'Sign in' })

test('before the start: a wrong answer in place of the configuration is shown, and the page recovers by itself', async ({
  proxied: page,
  company: proxy,
  stack,
}) => {
  for (const [meddling, words] of [
    [BAD_GATEWAY, 'answered /config.json with 502'],
    [PORTAL, 'has no configuration in it'],
    [{ status: 200, body: '{"apiUrl":"https://api.example.com"}' }, 'has no configuration in it'],
    ['breaks', 'Retrying automatically'],
  ] as const) {
    proxy.meddle = ({ pathname }) => (pathname === '/config.json' ? meddling : undefined)
    await page.goto(stack.web)
    await expect(trouble(page)).toContainText('Conclave could not start yet')
    await expect(page.getByRole('button', { name: 'Try again' })).toBeInViewport()
    await expect(trouble(page)).toContainText(words)
    proxy.meddle = () => undefined
    await expect(signInButton(page)).toBeVisible()
    await expect(trouble(page)).toBeHidden()
  }
})

test('before the start: a missing script is reported, and the page reloads once it is back', async ({
  browser,
  company: proxy,
  stack,
}) => {
  for (const meddling of [BAD_GATEWAY, PORTAL, 'breaks'] as const) {
    proxy.meddle = ({ pathname }) => (/^\/assets\/.*js$/.test(pathname) ? meddling : undefined)
    // Each needs a new browser, because a part that was loaded once stays in its cache.
    const page = await pageBehind(browser, proxy)
    await page.goto(stack.web)
    await expect(trouble(page)).toContainText('Conclave could not start yet')
    await expect(page.getByRole('button', { name: 'Try again' })).toBeInViewport()
    proxy.meddle = () => undefined
    await expect(signInButton(page)).toBeVisible()
    await page.context().close()
  }
})

test('before the start: a browser without scripts is told so', async ({ browser, stack }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(stack.web)
  await expect(page.getByRole('heading', { name: 'Conclave needs JavaScript' })).toBeInViewport()
  await expect(trouble(page)).toBeHidden()
  await context.close()
})

test('before the start: an address without https, and a browser without storage, are explained', async ({
  browser,
  company: proxy,
  stack,
}) => {
  proxy.meddle = ({ hostname }) =>
    hostname === 'chat.example.com' ? { askedOf: stack.web } : undefined
  const page = await pageBehind(browser, proxy)
  await page.goto('http://chat.example.com/')
  await expect(trouble(page)).toContainText('Conclave works over https only')
  // Like Firefox when cookies and site data are blocked.
  await page.addInitScript(() => {
    Object.defineProperty(window, 'sessionStorage', {
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError')
      },
    })
  })
  await page.goto(stack.web)
  await expect(trouble(page)).toContainText('Allow cookies and site data for this address')
  await expect(page.getByRole('button', { name: 'Try again' })).toBeInViewport()
  await page.context().close()
})

test('a part that cannot be reached is told apart from one that a release has replaced', async ({
  proxied: page,
  company: proxy,
  stack,
}) => {
  const gone = { status: 404, body: 'Not found' }
  // From the beginning, because parts are loaded before anybody opens them, and then stay in the cache.
  proxy.meddle = (url) =>
    isPart('BrowsePage', url) ? 'breaks' : isPart('MembersPage', url) ? gone : undefined
  await signIn(page, stack, 'bob')
  proxy.meddle = (url) => (isPart('BrowsePage', url) || url.pathname === '/' ? 'breaks' : undefined)
  await rooms(page).getByRole('link', { name: 'Browse rooms' }).click()
  await expect(page.getByText('This part could not be loaded yet')).toBeVisible()
  proxy.meddle = (url) => (isPart('MembersPage', url) ? gone : undefined)
  // This browser does not request a part of the app twice, so here it takes a reload; nobody is left without a way on.
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByRole('list', { name: 'Open rooms' })).toBeVisible()

  await rooms(page).getByRole('link', { name: 'General' }).click()
  const newer = { status: 200, body: '<script type="module" src="/assets/first-of-the-next.js">' }
  proxy.meddle = (url) =>
    url.pathname === '/' ? newer : isPart('MembersPage', url) ? gone : undefined
  await page.getByRole('link', { name: /^\d+ members?$/ }).click()
  await expect(page.getByText('There is a newer version of Conclave')).toBeVisible()
  proxy.meddle = () => undefined
  await page.getByRole('button', { name: 'Reload' }).click()
  await expect(page.getByRole('list', { name: 'Members' })).toBeVisible()
})

test('where WebSockets are blocked, messages are fetched by polling, and the page says so', async ({
  alice,
  proxied: page,
  company: proxy,
  stack,
}) => {
  proxy.refusesSockets = true
  await page.goto(stack.web)
  await signInButton(page).click()
  await fillSignIn(page, 'bob@example.com', passwordOf(stack, 'bob'))
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

test('when the realtime code does not load, every page says so and offers a reload', async ({
  proxied: page,
  company: proxy,
  stack,
}) => {
  proxy.meddle = ({ pathname }) => (pathname.includes('open-connection') ? 'breaks' : undefined)
  await page.goto(stack.web)
  await signInButton(page).click()
  await fillSignIn(page, 'bob@example.com', passwordOf(stack, 'bob'))
  await composer(page).fill('Not sent yet')
  await expect(page.getByText(/^Part of Conclave did not load/)).toBeVisible()
  await rooms(page).getByRole('link', { name: 'Browse rooms' }).click()
  await expect(page.getByText(/^Part of Conclave did not load/)).toBeVisible()
  await rooms(page).getByRole('link', { name: 'General' }).click()
  proxy.meddle = () => undefined
  await page.getByRole('button', { name: 'Reload' }).click()
  await waitUntilLive(page)
  await expect(composer(page)).toHaveValue('Not sent yet')
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

test('a session that ends in a tab from before a release still says so', async ({
  proxied: page,
  company: proxy,
  stack,
}) => {
  await page.clock.install()
  await signIn(page, stack, 'carol')
  proxy.meddle = ({ pathname }) =>
    pathname.includes('sign-in-problem') ? { status: 404, body: 'Not found' } : undefined
  await tenant(stack, 'end-sessions', { email: 'carol@example.com' })
  await page.clock.fastForward('05:01')
  await expect(page.getByText('Your session has ended')).toBeVisible()
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
  const banner = bob.getByText(/^The server is not responding - messages/)
  await expect(banner).toBeVisible()
  await expect(bob.locator('html')).toHaveAttribute('data-realtime', 'api-away')
  // It covers none of the messages.
  const [line, pane] = [await banner.boundingBox(), await messages(bob).boundingBox()]
  expect(pane!.y).toBeGreaterThan(line!.y + line!.height)
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
  await bob.reload()
  await expect(trouble(bob)).toContainText('Conclave could not start yet')
  await stack.startApi()
  await expect(composer(bob)).toBeVisible()
})

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

test('a part that throws while rendering breaks only itself', async ({ newPage, stack, alice }) => {
  await say(alice, something('Said to somebody with an odd browser'))
  const page = await newPage()
  await page.addInitScript(() => {
    const { format } = Object.getOwnPropertyDescriptors(Intl.DateTimeFormat.prototype)
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      get(this: Intl.DateTimeFormat) {
        // Like a browser whose date formatting is broken, for the times of messages only.
        if (this.resolvedOptions().timeStyle) throw new RangeError('date value is not finite')
        return format.get?.call(this) as unknown
      },
    })
  })
  await signIn(page, stack, 'bob')
  await expect(messages(page).getByText('This could not be shown.').first()).toBeVisible()
  await expect(composer(page)).toBeEditable()
  await rooms(page).getByRole('link', { name: 'Browse rooms' }).click()
  await expect(page.getByText('This page could not be shown')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible()
  await rooms(page).getByRole('link', { name: 'General' }).click()
  await expect(composer(page)).toBeEditable()
})

function passwordOf(
  { people }: { people: readonly { email: string; password: string }[] },
  name: string,
) {
  const person = people.find(({ email }) => email.startsWith(name))
  if (!person) throw new Error(`nobody is called ${name}`)
  return person.password
}
