import type { Page } from '@playwright/test'
import { pageBehind, test } from './behind-proxy.ts'
import { BAD_GATEWAY, PORTAL } from './company-proxy.ts'
import { expect } from './fixtures.ts'

test.use({ pages: 'own' })

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

test('K7, before the start: a language that does not load is waited for, and that is said in it', async ({
  browser,
  company: proxy,
  stack,
}) => {
  proxy.meddle = ({ pathname }) => (/\/german-.*js$/.test(pathname) ? BAD_GATEWAY : undefined)
  const page = await pageBehind(browser, proxy)
  await page.goto(`${stack.web}?lang=de`)
  await expect(trouble(page)).toContainText('Conclave konnte noch nicht starten')
  await expect(trouble(page)).toContainText('Es wird automatisch weiter versucht.')
  await expect(page.getByRole('button', { name: 'Erneut versuchen' })).toBeInViewport()
  proxy.meddle = () => undefined
  await expect(page.getByRole('button', { name: 'Anmelden' })).toBeVisible()
  await page.context().close()
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
