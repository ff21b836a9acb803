import { randomBytes } from 'node:crypto'
import type { Stack } from '@conclave/dev-stack/stack'
import { channelName } from '@conclave/shared/channels'
import { addMember } from '@conclave/shared/members'
import { getMe } from '@conclave/shared/people'
import { type Room } from '@conclave/shared/rooms'
import { createRoom } from '@conclave/shared/rooms.create'
import type { Page } from '@playwright/test'
import { v7 as uuidv7 } from 'uuid'
import { choose, messages, openRoom, say, sees, signIn, something } from './actions.ts'
import { callAs } from './api-client.ts'
import { expect, test } from './fixtures.ts'
import { Forger, type Announcement } from './forger.ts'
import { openWatched } from './hostile/watch.ts'

// Forgeries reach each page of a member, and some of them make pusher-js throw.
test.use({ pages: 'own' })

/** What the broker could send, alone or with a member's key; none of it may be accepted. */
type Forgery = (forger: Forger, envelope: Announcement, heard: string) => unknown

const FORGERIES: [what: string, forge: Forgery][] = [
  ['plain text, as if nothing were encrypted', (_, envelope) => JSON.stringify(envelope)],
  ['plain text in place of ciphertext', (_, envelope) => ({ ...envelope })],
  ['another key', (forger, envelope) => forger.encrypt(envelope, randomBytes(32))],
  ['what was really said before', (_forger, _envelope, heard) => heard],
  ['another room', (forger, envelope) => forger.encrypt({ ...envelope, room: uuidv7() })],
  ['a later epoch', (forger, envelope) => forger.encrypt({ ...envelope, epoch: 9 })],
  ['no epoch', (forger, envelope) => forger.encrypt({ ...envelope, epoch: undefined })],
  ['another version', (forger, envelope) => forger.encrypt({ ...envelope, v: 2 })],
  ['an old revision', (forger, envelope) => forger.encrypt(at(envelope, 1))],
  ['a revision far ahead', (forger, envelope) => forger.encrypt(at(envelope, 1_000))],
  ['a revision that is none', (forger, envelope) => forger.encrypt(at(envelope, -1))],
  [
    'a message of another room',
    (forger, envelope) => forger.encrypt(saying(envelope, { roomId: uuidv7() })),
  ],
  [
    'a message of another revision',
    (forger, envelope) => forger.encrypt(saying(envelope, { rev: 1 })),
  ],
  ['an old sequence', (forger, envelope) => forger.encrypt(saying(envelope, { seq: 1 }))],
  ['a sequence far ahead', (forger, envelope) => forger.encrypt(saying(envelope, { seq: 1_000 }))],
  [
    'an author who is no one',
    (forger, envelope) => forger.encrypt(saying(envelope, { authorId: 'alice' })),
  ],
  [
    'a name in place of the author',
    (forger, envelope) =>
      forger.encrypt(saying(envelope, { authorId: undefined, author: 'Carol' })),
  ],
  [
    'markup in place of text',
    (forger, envelope) => forger.encrypt(saying(envelope, { text: { __html: '<b>' } })),
  ],
  [
    'a date that is none',
    (forger, envelope) =>
      forger.encrypt(saying(envelope, { createdAt: '2026-99-99T99:99:99.999Z' })),
  ],
  [
    'a change that puts words in the place of what was said',
    (forger, envelope) => forger.encrypt(saying(changed(envelope), { seq: 1 })),
  ],
  [
    'a change of a message of another room',
    (forger, envelope) => forger.encrypt(saying(changed(envelope), { roomId: uuidv7() })),
  ],
  [
    'a change of another revision',
    (forger, envelope) => forger.encrypt(saying(changed(envelope), { rev: 1 })),
  ],
  [
    'a change far ahead',
    (forger, envelope) => forger.encrypt(saying(changed(envelope), { seq: 1_000 })),
  ],
  ['no object', (forger) => forger.encrypt('event')],
  ['nothing', (forger) => forger.encrypt(null)],
  ['an unknown event', (forger, envelope) => forger.encrypt({ ...envelope, type: 'message.said' })],
]

/** pusher-js does not catch this error: it goes to the console, and must stop nothing. */
const BROKEN = [
  JSON.stringify({ nonce: '!', ciphertext: '!' }),
  JSON.stringify({ nonce: btoa('n'.repeat(30)), ciphertext: btoa('c'.repeat(30)) }),
  null,
]

test('nothing that the broker forges, alone or with a member’s key, is shown', async ({
  alice,
  stack,
}) => {
  const room = await roomOfThree(stack, 'Forgery')
  await openRoom(alice, room.name)
  const forger = await Forger.of(stack, 'bob', room)
  const mark = something('Nobody ever said')
  const before = something('Before all that')
  await say(alice, before)
  await sees(alice, before)
  const everShown = await watchFor(alice, mark)
  const heard = await forger.overheard()
  for (const [what, forge] of FORGERIES) {
    const forged = forge(forger, await forger.next(`${mark}: ${what}`), heard)
    expect(await forger.inject(forged), what).toBeGreaterThan(0)
  }
  // A real event after them on the same socket, and then a full catch-up.
  const real = something('Really said')
  await say(alice, real)
  await sees(alice, real)
  await choose(alice, 'Refresh')
  await expect(alice.getByText('Up to date')).toBeVisible()
  for (const text of [before, real]) await sees(alice, text)
  await expect(messages(alice).getByRole('article')).toHaveCount(2)
  // Not even until the history removed it.
  expect(await everShown()).toEqual([])

  // Nothing that is shown changes, until the history is fetched (digest.e2e.ts).
  const carol = await (await callAs(stack, 'carol'))(getMe, {})
  await forger.inject(forger.encrypt(await forger.next(mark, { authorId: carol.id })))
  await sees(alice, mark)
  expect(await everShown()).toEqual([mark])
})

test('an event that makes pusher-js throw stops nothing', async ({ browser, stack }) => {
  const { context, page } = await openWatched(browser, { policy: 'on' })
  const errors: string[] = []
  context.on('weberror', (error) => errors.push(String(error.error())))
  const room = await roomOfThree(stack, 'Stumbling')
  await signIn(page, stack, 'alice')
  await openRoom(page, room.name)
  const forger = await Forger.of(stack, 'bob', room)
  for (const data of BROKEN) await forger.inject(data)
  const real = something('Said over all that')
  await say(page, real)
  await sees(page, real)
  await expect(page.locator('html')).toHaveAttribute('data-realtime', 'live')
  expect(errors).toHaveLength(BROKEN.length)
  await context.close()
})

test('a client event from another member is never shown as a message', async ({ alice, stack }) => {
  const room = await roomOfThree(stack, 'Client events')
  await openRoom(alice, room.name)
  const forger = await Forger.of(stack, 'bob', room)
  const mark = something('Sent by a client')
  const envelope = await forger.next(mark)
  const presence = channelName({ kind: 'presence', roomId: room.id, epoch: room.epoch })
  for (const channel of [forger.channel, presence]) {
    for (const event of ['client-event', 'client-message.posted', 'event', 'message.posted']) {
      await forger.injectEverywhere(channel, event, JSON.stringify(envelope))
      await forger.injectEverywhere(channel, event, envelope)
    }
  }
  await forger.inject(forger.encrypt(envelope), 'client-event')
  await forger.inject(forger.encrypt(envelope), 'message.posted')
  const real = something('Really said')
  await say(alice, real)
  await sees(alice, real)
  await expect(messages(alice).getByText(mark)).toHaveCount(0)
})

test('a channel full of undecryptable events causes no storm of requests and still works', async ({
  alice,
  bob,
  stack,
}) => {
  const room = await roomOfThree(stack, 'Poison')
  await openRoom(alice, room.name)
  await openRoom(bob, room.name)
  const forger = await Forger.of(stack, 'bob', room)
  const asked = countRequests(alice, '/pusher/auth')
  const fetched = countRequests(alice, '/changes')
  const envelope = await forger.next('poison')
  for (let event = 0; event < 60; event++) {
    await forger.inject(forger.encrypt(envelope, randomBytes(32)))
    await forger.inject(forger.encrypt({ ...envelope, epoch: 9 }))
  }
  const real = something('Heard all the same')
  await say(bob, real)
  await sees(alice, real)
  expect(asked()).toBeGreaterThan(0)
  expect(asked()).toBeLessThan(10)
  expect(fetched()).toBeLessThan(40)
})

async function roomOfThree(stack: Stack, name: string): Promise<Room> {
  const carol = await callAs(stack, 'carol')
  const room = await carol(createRoom, { body: { kind: 'closed', name } })
  for (const member of ['alice', 'bob'] as const) {
    const { id } = await (await callAs(stack, member))(getMe, {})
    await carol(addMember, { params: { roomId: room.id }, body: { personId: id } })
  }
  return room
}

function at(envelope: Announcement, rev: number): unknown {
  return saying({ ...envelope, rev }, { rev })
}

function changed(envelope: Announcement): Announcement {
  return { ...envelope, type: 'message.changed' }
}

/** Also what no message may be. */
function saying(envelope: Announcement, changes: Record<string, unknown>): unknown {
  return { ...envelope, data: { ...envelope.data, ...changes } }
}

/** Records every message with this mark that the page shows from now on, however briefly. */
async function watchFor(page: Page, mark: string): Promise<() => Promise<string[]>> {
  const notes = await page.evaluateHandle((mark) => {
    const shown = new Set<string>()
    new MutationObserver(() => {
      for (const text of document.querySelectorAll('[role=log] .written'))
        if (text.textContent?.includes(mark)) shown.add(text.textContent)
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    return shown
  }, mark)
  return () => notes.evaluate((shown) => [...shown])
}

function countRequests(page: Page, path: string): () => number {
  let count = 0
  page.on('request', (request) => {
    if (request.method() !== 'OPTIONS' && request.url().includes(path)) count += 1
  })
  return () => count
}
