import type { Browser, Page } from '@playwright/test'
import {
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
import { CompanyProxy } from './company-proxy.ts'
import { expect, test as base } from './fixtures.ts'
import { tenant } from './tenant.ts'

/** A page whose every request goes through a proxy that may be told to misbehave. */
const test = base.extend<{ company: CompanyProxy; proxied: Page }>({
  // Playwright reads the fixture's dependencies from this pattern.
  // oxlint-disable-next-line no-empty-pattern
  company: async ({}, use) => {
    const proxy = await CompanyProxy.start()
    await use(proxy)
    await proxy.close()
  },
  proxied: async ({ browser, company }, use) => {
    const page = await pageBehind(browser, company)
    await use(page)
    await page.context().close()
  },
})

test.use({ pages: 'own' })

const PORTAL = { status: 200, body: '<!doctype html><h1>Accept the terms of this network</h1>' }
const BAD_GATEWAY = { status: 502, body: 'Bad gateway' }

/** Whether it is this part of the app, which is loaded only after the first view. */
const isPart = (name: string, { pathname }: URL) => pathname.startsWith(`/assets/${name}`)

const trouble = (page: Page) => page.getByRole('alert')
const signInButton = (page: Page) => page.getByRole('button', { name: 'Sign in' })

test('before the start: whatever comes in place of the configuration is said, and the page goes on by itself', async ({
  proxied: page,
  company: proxy,
  stack,
}) => {
  for (const [meddling, words] of [
    [BAD_GATEWAY, 'answered with 502'],
    [PORTAL, 'answered with something else'],
    [{ status: 200, body: '{"apiUrl":"https://api.example.com"}' }, 'answered with something else'],
    ['breaks', 'It is tried again by itself'],
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

test('before the start: a script that is away is said, and the page loads itself once it is back', async ({
  browser,
  company: proxy,
  stack,
}) => {
  for (const meddling of [BAD_GATEWAY, PORTAL, 'breaks'] as const) {
    proxy.meddle = ({ pathname }) => (/^\/assets\/.*js$/.test(pathname) ? meddling : undefined)
    // A browser of its own each time: what was loaded once is kept.
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

test('before the start: an address without https, and a browser that keeps nothing, are told so', async ({
  browser,
  company: proxy,
  stack,
}) => {
  proxy.meddle = ({ hostname }) =>
    hostname === 'chat.example.com' ? { askedOf: stack.web } : undefined
  const page = await pageBehind(browser, proxy)
  await page.goto('http://chat.example.com/')
  await expect(trouble(page)).toContainText('Conclave works over https only')
  // As Firefox is when cookies and site data are blocked.
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

test('a part of the app that is away is told from one that a release has replaced', async ({
  proxied: page,
  company: proxy,
  stack,
}) => {
  const gone = { status: 404, body: 'Not found' }
  // From the beginning: they are loaded before anybody goes there, and what was loaded once is kept.
  proxy.meddle = (url) =>
    isPart('BrowsePage', url) ? 'breaks' : isPart('MembersPage', url) ? gone : undefined
  await signIn(page, stack, 'bob')
  proxy.meddle = (url) => (isPart('BrowsePage', url) || url.pathname === '/' ? 'breaks' : undefined)
  await rooms(page).getByRole('link', { name: 'Browse rooms' }).click()
  await expect(page.getByText('This part could not be loaded yet')).toBeVisible()
  proxy.meddle = (url) => (isPart('MembersPage', url) ? gone : undefined)
  // This browser does not ask twice for a part of the app, so here it takes a reload; nobody is left waiting.
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

test('where WebSockets are refused, messages are fetched, and that is what is said', async ({
  alice,
  proxied: page,
  company: proxy,
  stack,
}) => {
  proxy.refusesSockets = true
  await page.goto(stack.web)
  await signInButton(page).click()
  await fillSignIn(page, 'bob@example.com', passwordOf(stack, 'bob'))
  await expect(page.getByText(/^No live connection here/)).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('html')).toHaveAttribute('data-realtime', 'polling')
  const [hers, his] = [something('Said to somebody behind a proxy'), something('And the answer')]
  await say(alice, hers)
  await sees(page, hers)
  await say(page, his)
  await sees(page, his)
  await sees(alice, his)
  proxy.refusesSockets = false
  await waitUntilLive(page)
  await expect(page.getByText(/^No live connection here/)).toBeHidden()
})

test('what hears of new messages is lost on its way: that is said, on every page, with the way out', async ({
  proxied: page,
  company: proxy,
  stack,
}) => {
  proxy.meddle = ({ pathname }) => (pathname.includes('open-connection') ? 'breaks' : undefined)
  await page.goto(stack.web)
  await signInButton(page).click()
  await fillSignIn(page, 'bob@example.com', passwordOf(stack, 'bob'))
  await composer(page).fill('Not sent yet')
  await expect(page.getByText(/^A part of Conclave did not load/)).toBeVisible()
  await rooms(page).getByRole('link', { name: 'Browse rooms' }).click()
  await expect(page.getByText(/^A part of Conclave did not load/)).toBeVisible()
  await rooms(page).getByRole('link', { name: 'General' }).click()
  proxy.meddle = () => undefined
  await page.getByRole('button', { name: 'Reload' }).click()
  await waitUntilLive(page)
  await expect(composer(page)).toHaveValue('Not sent yet')
})

test('the tenant is away at a reload: that is said at once, and the page goes on when it is back', async ({
  proxied: page,
  company: proxy,
  stack,
}) => {
  await signIn(page, stack, 'bob')
  await composer(page).fill('Not sent yet')
  for (const meddling of ['breaks', BAD_GATEWAY, PORTAL] as const) {
    proxy.meddle = ({ origin }) => (origin === new URL(stack.auth0).origin ? meddling : undefined)
    await page.reload()
    await expect(page.getByText('The sign-in service does not answer')).toBeVisible({
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

test('which server is away is said, and that it is back is noticed', async ({ newPage, stack }) => {
  const bob = await newPage()
  await bob.clock.install()
  await signIn(bob, stack, 'bob')
  await stack.killApi()
  // For as long as nobody wants anything of it, it is asked after three times a minute.
  await bob.clock.fastForward('00:21')
  await expect(bob.getByText(/^The server does not answer/)).toBeVisible()
  await expect(bob.locator('html')).toHaveAttribute('data-realtime', 'api-away')
  // It goes along, and does not come anew on each page.
  await rooms(bob).getByRole('link', { name: 'Browse rooms' }).click()
  await expect(bob.getByText(/^The server does not answer/)).toBeVisible({ timeout: 2_000 })
  await stack.startApi()
  await waitUntilLive(bob)
  await expect(bob.getByText(/^The server does not answer/)).toBeHidden()
  await rooms(bob).getByRole('link', { name: 'General' }).click()

  await stack.killApi()
  await bob.reload()
  await expect(trouble(bob)).toContainText('Conclave could not start yet')
  await stack.startApi()
  await expect(composer(bob)).toBeVisible()
})

test('"Today" stays true over a night asleep, and times on a journey', async ({
  browser,
  stack,
}) => {
  // It is shortly before midnight somewhere: there the clock need not be far from the one that signs tokens.
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
  // As a machine does that sleeps: the clock goes on, timers stand still.
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

test('what throws while it is shown takes only its own place', async ({
  newPage,
  stack,
  alice,
}) => {
  await say(alice, something('Said to somebody with an odd browser'))
  const page = await newPage()
  await page.addInitScript(() => {
    const { format } = Object.getOwnPropertyDescriptors(Intl.DateTimeFormat.prototype)
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', {
      get(this: Intl.DateTimeFormat) {
        // As a browser whose dates are broken would: the times of messages, and no other.
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

async function pageBehind(browser: Browser, proxy: CompanyProxy): Promise<Page> {
  const context = await browser.newContext({ proxy: proxy.settings })
  return context.newPage()
}

function passwordOf(
  { people }: { people: readonly { email: string; password: string }[] },
  name: string,
) {
  const person = people.find(({ email }) => email.startsWith(name))
  if (!person) throw new Error(`nobody is called ${name}`)
  return person.password
}
