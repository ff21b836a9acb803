import { ROOT } from '@conclave/dev-stack/root'
import { startStack, type Stack } from '@conclave/dev-stack/stack'
import type { Page } from '@playwright/test'
import {
  beginSignIn,
  choose,
  openRoom,
  say,
  seesInOrder,
  signIn,
  something,
  waitUntilLive,
} from './actions.ts'
import { expect, test as base } from './fixtures.ts'
import { GIVE_UP } from './give-up.ts'
import { previousRelease, type PreviousRelease } from './previous/release.ts'

const MISMATCHED = /^The server has another version than this page/

interface Deployment {
  stack: Stack
  previous: string
}

/** A Conclave that runs the previous release, on a database that it created. */
const test = base.extend<{ release: PreviousRelease; deployment: Deployment }>({
  release: [
    // Playwright reads the fixture's dependencies from this pattern.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => use(await previousRelease()),
    { timeout: GIVE_UP.setUpMs },
  ],
  deployment: [
    async ({ release }, use, testInfo) => {
      if ('missing' in release) {
        console.log(`Skipped: ${release.missing}`)
        testInfo.skip(true, release.missing)
        return
      }
      const previous = release.checkout
      const stack = await startStack({
        web: 'built',
        ports: 'free',
        seed: true,
        tenantOnAnotherSite: true,
        checkout: previous,
        // It does not know the names of today's limits.
        env: { API_LIMITS_FACTOR: '50' },
      })
      await use({ stack, previous })
      await stack.close()
    },
    { timeout: GIVE_UP.setUpMs },
  ],
})

test('a release is deployed while people talk: pages and apis of both work together, and nobody’s history is called false', async ({
  deployment: { stack, previous },
  newPage,
}) => {
  test.setTimeout(GIVE_UP.longTestMs)
  const said: string[] = []
  const talk = async (...pages: Page[]) => {
    for (const page of pages) {
      const text = something('While it is deployed')
      said.push(text)
      await say(page, text)
    }
    for (const page of pages) await seesInOrder(page, said.slice(-6))
    for (const page of pages) {
      await choose(page, 'Refresh')
      await expect(page.getByText('Up to date').first()).toBeVisible()
    }
    expect(await mismatches(stack)).toBe(0)
  }

  const alice = await signIn(await newPage(), stack, 'alice')
  await openRoom(alice, 'General')
  await talk(alice)

  // The wrong order: this release's page needs an api of today, so it says so and waits. A page that was there before works on.
  await stack.deploy('web', ROOT)
  const bob = await newPage()
  await beginSignIn(bob, stack, 'bob')
  await expect(bob.getByText(MISMATCHED)).toBeVisible()
  await talk(alice)

  // This api with a page of each release; what people write while the api is replaced waits.
  const deploying = stack.deploy('api', ROOT)
  const early = something('While it is exchanged')
  said.push(early)
  await say(alice, early)
  await deploying
  await waitUntilLive(alice)
  await waitUntilLive(bob)
  await openRoom(bob, 'General')
  await seesInOrder(bob, said.slice(-6))
  await expect(bob.getByText(/ version /)).toHaveCount(0)
  await talk(alice, bob)
  await bob.reload()
  await waitUntilLive(bob)
  await talk(bob, alice)

  // As when the api is deployed first: a page of the previous release, loaded and signed in with this api.
  await stack.deploy('web', previous)
  await alice.reload()
  await waitUntilLive(alice)
  const carol = await signIn(await newPage(), stack, 'carol')
  await openRoom(carol, 'General')
  await talk(alice, bob, carol)

  // And forward again, until everybody has this release.
  await stack.deploy('web', ROOT)
  await alice.reload()
  await waitUntilLive(alice)
  await talk(alice, carol)

  // Back, on a database that this release has migrated, and forward again: whether or not that api could store
  // messages.
  await stack.deploy('api', previous)
  const answered = alice.waitForResponse(
    (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/messages'),
  )
  const between = something('Said to an api that went back')
  said.push(between)
  await say(alice, between)
  await answered
  await stack.deploy('api', ROOT)
  for (const page of [alice, carol]) await waitUntilLive(page)
  await talk(carol, alice)
})

/** How often a page reported that its history differs from the server's, as counted by the running api. */
async function mismatches(stack: Stack): Promise<number> {
  const text = await (await fetch(`${stack.api}/metrics`)).text()
  return Number(/^conclave_digest_mismatches_total (\d+)$/m.exec(text)?.[1])
}
