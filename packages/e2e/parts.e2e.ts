import {
  beginSignIn,
  composer,
  messages,
  rooms,
  say,
  signIn,
  something,
  waitUntilLive,
} from './actions.ts'
import { test } from './behind-proxy.ts'
import { expect } from './fixtures.ts'
import { tenant } from './tenant-dashboard.ts'

test.use({ pages: 'own' })

/** Whether this is the part of the app that is loaded only after the first view. */
const isPart = (name: string, { pathname }: URL) => pathname.startsWith(`/assets/${name}`)

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

test('when the realtime code does not load, every page says so and offers a reload', async ({
  proxied: page,
  company: proxy,
  stack,
}) => {
  proxy.meddle = ({ pathname }) => (pathname.includes('open-connection') ? 'breaks' : undefined)
  await beginSignIn(page, stack, 'bob')
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
