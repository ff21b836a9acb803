import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, type Colleague } from './data-people.ts'
import { NOWHERE, roomOf } from './data-rooms.ts'
import { type Harness, startHarness } from './harness.ts'
import { allFields, requestWith } from './text-fields.ts'

/** Values that a client may send instead of valid ones. */
const VALUES: unknown[] = [
  '',
  '\u0000',
  'a\u0000b',
  '\ufdfa'.repeat(500),
  `${NOWHERE}\u0000`,
  '__proto__',
  '../..',
  '%',
  '1e5',
  '99999999999999999999',
  null,
  true,
  -1,
  1e308,
  [],
  {},
  ['\u0000'],
  { a: '\u0000' },
  Array.from({ length: 400 }, () => NOWHERE),
]

let harness: Harness
let alice: Colleague
let ids: Record<string, string>

// The owner, who may do everything.
beforeAll(async () => {
  harness = await startHarness()
  const [one, two] = await arrive(harness, ['alice', 'bob'])
  alice = one!
  const room = await roomOf(alice, 'closed', [two!])
  ids = { roomId: room.id, personId: two!.id, sessionId: NOWHERE }
})
afterAll(async () => harness.close())

test.each(allFields())('%s: any value is accepted or refused', async (_, field) => {
  const statuses = await Promise.all(
    VALUES.map(async (value) => {
      const { method, path, body } = requestWith(field, value, ids)
      return (await alice.send(method, path, body)).status
    }),
  )
  for (const [nth, status] of statuses.entries())
    expect([VALUES[nth], status >= 200 && status < 500]).toEqual([VALUES[nth], true])
  expect(statuses.filter((status) => status >= 400)).not.toEqual([])
})
