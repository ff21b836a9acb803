import type { Call } from '@conclave/shared/client'
import { removeMember } from '@conclave/shared/members'
import { getMe } from '@conclave/shared/people'
import type { Room } from '@conclave/shared/rooms'
import { endSessions } from '@conclave/shared/sessions'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { published } from '../../../test/data-envelopes.ts'
import { hintsInTheAir, hintsTo, makeHinted } from '../../../test/data-hints.ts'
import { arrive, type Colleague } from '../../../test/data-people.ts'
import { roomOf, say } from '../../../test/data-rooms.ts'
import { setVendor } from '../../../test/data-vendor.ts'
import { personChannel } from '../../../test/data-webhooks.ts'
import { startHarness, type Harness } from '../../../test/harness.ts'
import type { Instance } from '../../../test/instance.ts'
import { streams } from '../../log/streams.ts'
import { HINTS } from '../../realtime/hints.ts'

/** Long enough for an act to be answered meanwhile if it did not wait, shorter than a flight may take. */
const SLOW_MS = 1_000

let harness: Harness
let other: Instance
let alice: Colleague

beforeAll(async () => {
  harness = await startHarness()
  other = await harness.another()
  const [one] = await arrive(harness, ['alice'])
  alice = one!
})
afterEach(async () => {
  await setVendor(harness, { mode: 'none' })
  await published(harness)
  await harness.sql`update people set blocked_at = null, not_before = null`
})
afterAll(async () => harness.close())

interface Scene {
  room: Room
  bob: { id: string; call: Call }
  /** Alice, through the instance that does not hint. */
  elsewhere: Call
}

const ACTS: [how: string, act: (scene: Scene) => Promise<unknown>][] = [
  ['taken out of the room', takeOut],
  ['signed out everywhere', async ({ bob }) => bob.call(endSessions, {})],
]

test.each(ACTS)('once bob is %s, no hint that was in the air reaches him', async (_, act) => {
  const scene = await openScene()
  const { room, bob } = scene
  const old = await personChannel(harness, bob.id)
  await hintInTheAir(room)
  await act(scene)
  const answeredAt = Date.now()
  await say(alice, room.id, 'afterwards')
  await setVendor(harness, { mode: 'none' })

  const hints = (await hintsTo(harness, bob.id)).filter(({ channel }) => channel === old)
  const ofRoom = hints.flatMap(({ takenAt, rooms }) =>
    rooms.filter(({ id }) => id === room.id).map(({ lastSeq }) => ({ takenAt, lastSeq })),
  )
  expect(ofRoom.at(-1)?.lastSeq).toBe(1)
  expect(ofRoom.filter(({ takenAt }) => takenAt > answeredAt)).toEqual([])
  const late = harness.pusher.record
    .publishes()
    .filter(({ at, channels }) => at > answeredAt && channels.includes(old))
  const isStillHis = (await personChannel(harness, bob.id)) === old
  // Who is only taken out is told of that.
  expect(late.length).toBeLessThanOrEqual(isStillHis ? 1 : 0)
})

async function openScene(): Promise<Scene> {
  const caller = await harness.as('bob@example.com')
  const { id } = await caller.call(getMe, {})
  await makeHinted(harness, id)
  const room = await roomOf(alice, 'closed', [{ ...alice, id }])
  const { call: elsewhere } = await other.as('alice@example.com')
  return { room, bob: { id, call: caller.call }, elsewhere }
}

/** Has a message published by the relay, and its hint under way alone. */
async function hintInTheAir({ id }: Room): Promise<void> {
  await hintsTo(harness, alice.id)
  await harness.owner.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(cursor_lock(${HINTS}, ${streams.room(id)}))`
    await say(alice, id, 'in the air')
    await published(harness)
    await setVendor(harness, { mode: 'slow', delayMs: SLOW_MS })
  })
  await expect.poll(async () => hintsInTheAir(harness), { interval: 10 }).toBe(1)
}

async function takeOut({ elsewhere, room, bob }: Scene): Promise<unknown> {
  return elsewhere(removeMember, { params: { roomId: room.id, personId: bob.id } })
}
