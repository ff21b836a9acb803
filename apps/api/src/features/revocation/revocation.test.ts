import { blockPerson } from '@conclave/shared/admin'
import type { Call } from '@conclave/shared/client'
import { removeMember } from '@conclave/shared/members'
import type { Message } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import type { Room } from '@conclave/shared/rooms'
import { endSession, endSessions, listSessions } from '@conclave/shared/sessions'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { published, publishedToRoom } from '../../../test/data-envelopes.ts'
import { hintsTo, makeHinted } from '../../../test/data-hints.ts'
import { arrive, type Colleague } from '../../../test/data-people.ts'
import { roomOf, say } from '../../../test/data-rooms.ts'
import { setVendor } from '../../../test/data-vendor.ts'
import { startHarness, type Harness } from '../../../test/harness.ts'
import type { Instance } from '../../../test/instance.ts'
import { openModifiedClient, type ModifiedClient } from '../../../test/modified-client.ts'

let harness: Harness
let other: Instance
let alice: Colleague
let carol: Colleague

beforeAll(async () => {
  harness = await startHarness({ hintsEveryMs: 100 })
  other = await harness.another()
  const [one, two] = await arrive(harness, ['alice', 'carol'])
  alice = one!
  carol = two!
})
// Gives Bob back what the test took, so that each begins the same way.
afterEach(async () => {
  await setVendor(harness, { mode: 'none' })
  await published(harness)
  await harness.sql`update people set blocked_at = null, not_before = null`
})
afterAll(async () => harness.close())

interface Scene {
  room: Room
  bob: { id: string; call: Call }
  client: ModifiedClient
  /** Alice, through the instance that does not publish most of what is said. */
  elsewhere: Call
}

interface Cut {
  by: (scene: Scene) => Promise<unknown>
  /** Whether only the room is lost, or everything that was his. */
  of: 'room' | 'everything'
}

/** How Bob's access ends, where it can by a call to the other instance. */
const CUTS: [how: string, cut: Cut][] = [
  [
    'he is taken out',
    { of: 'room', by: async ({ elsewhere, ...of }) => elsewhere(removeMember, member(of)) },
  ],
  [
    'he leaves',
    { of: 'room', by: async ({ bob, room }) => bob.call(removeMember, member({ bob, room })) },
  ],
  [
    'he signs out everywhere',
    { of: 'everything', by: async ({ bob }) => bob.call(endSessions, {}) },
  ],
  [
    'his session is ended from another place',
    { of: 'everything', by: async ({ bob }) => endFromElsewhere(bob.id) },
  ],
  [
    'he is blocked',
    {
      of: 'everything',
      by: async ({ elsewhere, bob }) =>
        elsewhere(blockPerson, { params: { personId: bob.id }, body: { reason: 'Left us' } }),
    },
  ],
]

describe.each([
  ['up', { mode: 'none' }],
  ['slow', { mode: 'slow', delayMs: 300 }],
  ['failing', { mode: 'error', status: 500 }],
] as const)('while the vendor is %s', (vendor, fault) => {
  test.each(CUTS)('once %s, nothing more reaches bob’s modified client', async (how, cut) => {
    await using scene = await openScene()
    const { room, client } = scene
    await setVendor(harness, fault)
    const talk = keepTalking(room)
    await talk.hasBegun
    const began = performance.now()
    await cut.by(scene)
    const took = performance.now() - began
    const cutAt = Date.now()
    const { length: soFar } = publishes()
    await say(alice, room.id, 'after one')
    await say(carol, room.id, 'after two')
    const said = await talk.stop()
    await setVendor(harness, { mode: 'none' })

    const told = await publishedToRoom(harness, room.id)
    expect(new Set(told.map(({ rev }) => rev)).size).toBe(told.at(-1)?.rev)
    expect(publishes().length).toBeGreaterThan(soFar)
    expect(client.isOpen()).toBe(true)
    const lost = client.channels.filter((name) => cut.of === 'everything' || name.includes(room.id))
    expect(lost).not.toEqual([])
    const late = publishes().filter(({ at, channel }) => at > cutAt && lost.includes(channel))
    expect(late).toEqual([])
    const old = new Set(client.channels)
    const hinted = (await hintsOf(scene)).filter(
      ({ channel, takenAt }) => old.has(channel) && takenAt > cutAt,
    )
    expect(hinted).toEqual([])
    expect(textsHeard(client).filter((text) => text.startsWith('after'))).toEqual([])
    expect(said).toBeGreaterThan(0)
    process.stdout.write(`cut (${how}, vendor ${vendor}): ${took.toFixed(0)} ms\n`)
  })
})

test('a broker that hangs delays a block by one flight at most, and no later message reaches bob', async () => {
  await using scene = await openScene()
  const { room, client, bob, elsewhere } = scene
  await setVendor(harness, { mode: 'slow', delayMs: 6_000 })
  await say(alice, room.id, 'in the air')
  await elsewhere(blockPerson, { params: { personId: bob.id }, body: {} })
  await say(alice, room.id, 'after')
  await setVendor(harness, { mode: 'none' })
  const told = await publishedToRoom(harness, room.id)
  expect(told.map(({ data }) => (data as Message).text)).toContain('after')
  expect(textsHeard(client)).not.toContain('after')
})

/** Bob is told of what is said in a room: there, and by hints. */
async function openScene(): Promise<Scene & AsyncDisposable> {
  const caller = await harness.as('bob@example.com')
  const bob = { call: caller.call, id: (await caller.call(getMe, {})).id }
  const room = await roomOf(alice, 'closed', [{ ...alice, id: bob.id }, carol])
  const client = await openModifiedClient(harness, bob.call, bob.id)
  await makeHinted(harness, bob.id)
  await say(alice, room.id, 'before')
  await expect.poll(() => textsHeard(client)).toEqual(['before'])
  expect(await hintsOf({ bob, room })).not.toEqual([])
  const { call: elsewhere } = await other.as('alice@example.com')
  return {
    room,
    bob,
    client,
    elsewhere,
    [Symbol.asyncDispose]: async () => client[Symbol.asyncDispose](),
  }
}

/** Those on Bob's channels, of whatever epoch, that tell of the room. */
async function hintsOf({ bob, room }: Pick<Scene, 'bob' | 'room'>) {
  const hints = await hintsTo(harness, bob.id)
  return hints.filter(({ rooms }) => rooms.some(({ id }) => id === room.id))
}

/** Carol talks through the other instance, until she is told to stop; answers how much she said. */
function keepTalking({ id }: Room) {
  const { promise: hasBegun, resolve: began } = Promise.withResolvers<void>()
  const stopping = new AbortController()
  let said = 0
  const talking = (async () => {
    const { call } = await other.as('carol@example.com')
    while (!stopping.signal.aborted) {
      await say({ ...carol, call }, id, `while it happens ${said}`)
      said += 1
      if (said === 3) began()
    }
    return said
  })()
  return {
    hasBegun,
    stop: async () => {
      stopping.abort()
      return talking
    },
  }
}

async function endFromElsewhere(personId: string): Promise<void> {
  const { call } = await other.as('bob@example.com')
  const { sessions } = await call(listSessions, {})
  const open = sessions.filter(({ current }) => !current)
  expect(open.length).toBeGreaterThan(0)
  for (const { id: sessionId } of open) await call(endSession, { params: { sessionId } })
  expect((await call(getMe, {})).id).toBe(personId)
}

function publishes() {
  return harness.pusher.record
    .publishes()
    .flatMap(({ at, channels }) => channels.map((channel) => ({ at, channel })))
}

function textsHeard(client: ModifiedClient): string[] {
  return client.heard.flatMap(({ envelope: { type, data } }) =>
    type === 'message.posted' ? [(data as Message).text] : [],
  )
}

function member({ room, bob }: Pick<Scene, 'room' | 'bob'>) {
  return { params: { roomId: room.id, personId: bob.id } }
}
