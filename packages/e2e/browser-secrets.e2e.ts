import { readdirSync } from 'node:fs'
import { endSessions } from '@conclave/shared/sessions'
import type { Page } from '@playwright/test'
import {
  choose,
  composer,
  openRoom,
  say,
  sees,
  signIn,
  something,
  waitUntilLive,
} from './actions.ts'
import { callAs } from './api-client.ts'
import { expect, test } from './fixtures.ts'
import { stored, watchTokens } from './stored.ts'

test.use({ pages: 'own' })

const BUILT = new URL('../../apps/web/dist/', import.meta.url)

test('no secret of this stack is in any file that the web serves', async ({ stack }) => {
  const { secret, masterKey, key } = stack.pusher
  const { username, password, pathname } = new URL(stack.database)
  const master = Buffer.from(masterKey, 'base64')
  const hidden = [
    secret,
    masterKey,
    encodeURIComponent(masterKey),
    master.toString('hex'),
    master.toString('base64url'),
    stack.database,
    `${username}:${password}`,
    pathname.slice(1).length > 12 ? pathname.slice(1) : stack.database,
    ...stack.people.map(({ password }) => password),
  ]
  const paths = readdirSync(BUILT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(BUILT.pathname.length - 1))
  expect(paths.length).toBeGreaterThan(5)
  const served = await Promise.all(
    ['/', '/config.json', ...paths].map(async (path) => (await fetch(stack.web + path)).text()),
  )
  // The public key is found, so the search looks in the right place.
  expect(served.join('\n')).toContain(key)
  for (const text of served) for (const one of hidden) expect(text).not.toContain(one)
})

test('neither tokens nor messages are kept in the browser, and after signing out nothing at all', async ({
  newPage,
  stack,
}) => {
  const page = await newPage()
  const tokens = watchTokens(page)
  await signIn(page, stack, 'alice')
  const message = something('Said and not kept')
  const draft = something('Begun and not sent')
  await use(page, message, draft)
  await expectNoToken(page, tokens)
  expect(await stored(page)).not.toContain(message)
  // The kept text is found, so the search would find a token as well.
  expect(await stored(page)).toContain(draft)

  await page.reload()
  await waitUntilLive(page)
  await expect(composer(page)).toHaveValue(draft)
  await expectNoToken(page, tokens)

  await choose(page, 'Sign Out')
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expectNoToken(page, tokens)
  for (const text of [message, draft]) expect(await stored(page)).not.toContain(text)
  const kept = JSON.parse(await stored(page)) as Record<string, unknown>
  expect(kept).toMatchObject({ local: [], session: [], databases: [], caches: [], cookies: '' })
})

test('signing out everywhere also clears the other browsers', async ({ newPage, stack }) => {
  const page = await newPage()
  await signIn(page, stack, 'alice')
  const [message, draft] = [something('Left open'), something('Left unsent')]
  await use(page, message, draft)
  expect(await stored(page)).toContain(draft)
  await (
    await callAs(stack, 'alice')
  )(endSessions, {})
  // Whether or not the broker has closed the connection by now, the page calls the server again.
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect(page.getByText('You were signed out')).toBeVisible()
  await expect(page.getByText(message)).toHaveCount(0)
  expect(await stored(page)).not.toContain(draft)
})

async function use(page: Page, message: string, draft: string): Promise<void> {
  await openRoom(page, 'General')
  await say(page, message)
  await sees(page, message)
  await composer(page).fill(draft)
}

async function expectNoToken(page: Page, tokens: readonly string[]): Promise<void> {
  await expect.poll(() => tokens.length).toBeGreaterThan(2)
  const kept = await stored(page)
  expect(kept).not.toContain('eyJ')
  for (const token of tokens) expect(kept).not.toContain(token)
}
