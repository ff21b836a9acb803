import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { published } from '../../test/data-envelopes.ts'
import { listen } from '../../test/data-listening.ts'
import { arrive, type Colleague } from '../../test/data-people.ts'
import {
  catchUpAll,
  contentsOf,
  copyOf,
  fetchReplica,
  receiveAll,
} from '../../test/data-replica.ts'
import { roomOf, say } from '../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../test/harness.ts'
import { actIn, ROOM_ACTS } from '../../test/room-acts.ts'

const RUNS = 6

let harness: Harness
let alice: Colleague
let bob: Colleague
let carol: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two, three] = await arrive(harness, ['alice', 'bob', 'carol'])
  alice = one!
  bob = two!
  carol = three!
})
afterAll(async () => harness.close())

test('a client that got every event, one that was away, and one that caught up in between equal a fresh load after any acts in any order', async () => {
  const shown = [alice.id, bob.id, carol.id]
  const happened = new Map<string, Set<string>>()
  const acts = fc.array(
    fc.tuple(fc.constantFrom(...ROOM_ACTS), fc.nat({ max: 30 }), fc.nat({ max: 30 })),
    { minLength: 10, maxLength: 24 },
  )
  await fc.assert(
    fc.asyncProperty(acts, async (acting) => {
      const { id: roomId } = await roomOf(alice, 'closed', [bob])
      const held = [await say(alice, roomId, 'first'), await say(bob, roomId, 'second')]
      const before = (await published(harness)).length
      const clients = await Promise.all(
        [alice, bob].map(async (person) => fetchReplica(person, [roomId], shown, held)),
      )
      const between = clients.map(copyOf)
      // Whoever is not connected is not told of new keys.
      await Promise.all([alice, bob].map(listen))
      let heard = before
      for (const [nth, act] of acting.entries()) {
        if (nth === acting.length >> 1) {
          // From then on it has the newest keys, and hears what is said with them.
          heard = (await published(harness)).length
          for (const client of between) await catchUpAll(client)
        }
        const outcome = await actIn({ alice, bob, carol, roomId }, act)
        happened.set(act[0], (happened.get(act[0]) ?? new Set()).add(outcome))
      }
      const all = await published(harness)
      for (const [nth, open] of clients.entries()) {
        const away = copyOf(open)
        receiveAll(open, all.slice(before))
        receiveAll(between[nth]!, all.slice(heard))
        await catchUpAll(away)
        const now = contentsOf(await fetchReplica(open.person, [roomId], shown, held))
        for (const client of [open, between[nth]!, away]) expect(contentsOf(client)).toEqual(now)
      }
    }),
    { numRuns: RUNS, seed: 11 },
  )
  // What was always refused would have shown nothing.
  expect([...happened].filter(([, outcomes]) => !outcomes.has('done'))).toEqual([])
  expect(new Set(happened.keys())).toEqual(new Set(ROOM_ACTS))
}, 120_000)
