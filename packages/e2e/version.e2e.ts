import { composer, openRoom, rooms, say, sees, signIn, something } from './actions.ts'
import { test } from './behind-proxy.ts'
import { expect } from './fixtures.ts'

/** The header of an api that no longer serves any of today's pages. */
const NEWER_API = { headers: { 'conclave-version': '999;oldest=999' } }
/** The header of an api that today's pages can no longer work with. */
const OLDER_API = { headers: { 'conclave-version': '0;oldest=0' } }
const NEXT_BUILD = { status: 200, body: '<script type="module" src="/assets/of-the-next.js">' }

const NEWER = 'There is a newer version of Conclave'
const MISMATCHED = /^The server has another version than this page/

/** Only without a query: the URL to which the tenant redirects has a code in it. */
const isPage = ({ pathname, search }: URL) => pathname === '/' && search === ''

test('a page that is too old says so, and reloads by itself once nothing is being written, and once only', async ({
  proxied: page,
  company: proxy,
  stack,
}) => {
  await page.clock.install()
  await signIn(page, stack, 'alice')
  const isApi = ({ origin }: URL) => origin === new URL(stack.api).origin
  let loads = 0
  page.on('request', (request) => {
    if (request.isNavigationRequest() && /^.rooms./.test(new URL(request.url()).pathname))
      loads += 1
  })
  const idle = async () => {
    // The second time, everything caused by the first has happened.
    for (const _ of [1, 2]) {
      const asked = page.waitForResponse((answer) => isPage(new URL(answer.url())))
      await page.clock.fastForward('05:30')
      await asked
    }
  }

  // The api is deployed first: there is nothing to reload for yet.
  proxy.meddle = (url) => (isApi(url) ? NEWER_API : undefined)
  await openRoom(page, 'Design')
  await composer(page).fill('Not sent yet')
  await openRoom(page, 'General')
  const text = something('Said by an old page')
  await say(page, text)
  await sees(page, text)
  await expect(page.getByText(MISMATCHED)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Reload' })).toHaveCount(0)
  await idle()
  await expect(page.getByText(MISMATCHED)).toBeVisible()
  expect(loads).toBe(0)

  // Then the web; the page is in use.
  proxy.meddle = (url) => (isApi(url) ? NEWER_API : isPage(url) ? NEXT_BUILD : undefined)
  const waiting = something('Written while it was too old')
  await composer(page).fill(waiting)
  await idle()
  await expect(page.getByText(NEWER)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible()
  expect(loads).toBe(0)

  // Written, but not sent yet.
  proxy.meddle = (url) => (isApi(url) ? 'breaks' : isPage(url) ? NEXT_BUILD : undefined)
  await composer(page).press('Enter')
  await idle()
  expect(loads).toBe(0)
  proxy.meddle = (url) => (isApi(url) ? NEWER_API : isPage(url) ? NEXT_BUILD : undefined)
  await sees(page, waiting)

  await page.clock.fastForward('05:30')
  await expect.poll(() => loads).toBe(1)
  await expect(composer(page)).toBeVisible()
  await openRoom(page, 'Design')
  await expect(composer(page)).toHaveValue('Not sent yet')

  // The server sent the old page again, like one that is not deployed yet.
  await composer(page).fill('')
  await expect(page.getByText(NEWER)).toBeVisible()
  await idle()
  await expect(page.getByText(NEWER)).toBeVisible()
  expect(loads).toBe(1)

  await page.getByRole('button', { name: 'Reload' }).click()
  await expect.poll(() => loads).toBe(2)
})

test('a page that is too new for an api that was rolled back says so, until the api is newer again', async ({
  proxied: page,
  company: proxy,
  stack,
}) => {
  await signIn(page, stack, 'bob')
  const isApi = ({ origin }: URL) => origin === new URL(stack.api).origin
  proxy.meddle = (url) => (isApi(url) ? OLDER_API : undefined)
  await rooms(page).getByRole('link', { name: 'Browse rooms' }).click()
  await expect(page.getByText(MISMATCHED)).toBeVisible()
  proxy.meddle = () => undefined
  await rooms(page).getByRole('link', { name: 'General' }).click()
  await say(page, something('Said to the newer one'))
  await expect(page.getByText(MISMATCHED)).toHaveCount(0)
})
