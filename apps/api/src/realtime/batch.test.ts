import type { Message } from '@conclave/shared/messages'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { published, publishedToRoom } from '../../test/data-envelopes.ts'
import { arrive, type Colleague } from '../../test/data-people.ts'
import { roomOf, say } from '../../test/data-rooms.ts'
import { setVendor } from '../../test/data-vendor.ts'
import { type Harness, startHarness } from '../../test/harness.ts'
import { RELAY } from './relay.ts'

let harness: Harness
let alice: Colleague

beforeAll(async () => {
  // Smaller than our limit, as if the broker had lowered its own.
  harness = await startHarness({ pusher: { limits: { eventDataBytes: 2_000 } } })
  const [one] = await arrive(harness, ['alice'])
  alice = one!
})
afterEach(async () => setVendor(harness, { mode: 'none' }))
afterAll(async () => harness.close())

test('an event that the broker always refuses is published as its rev, and delays nothing', async () => {
  const room = await roomOf(alice, 'closed')
  await published(harness)
  const before = await replaced()
  await setVendor(harness, { mode: 'down' })
  for (let nth = 1; nth <= 25; nth += 1)
    await say(alice, room.id, nth % 8 === 0 ? 'x'.repeat(3_000) : `short ${nth}`)
  await setVendor(harness, { mode: 'none' })
  const sent = await publishedToRoom(harness, room.id)
  expect(sent.map(({ rev }) => rev)).toEqual(upTo(25))
  expect(sent.filter(({ type }) => type === 'changed').map(({ rev }) => rev)).toEqual([8, 16, 24])
  expect(
    sent.filter(({ data }) => data !== null).map(({ data }) => (data as Message).text),
  ).toEqual(
    upTo(25)
      .filter((nth) => nth % 8 !== 0)
      .map((nth) => `short ${nth}`),
  )
  expect(await replaced()).toBe(before + 3)
  expect(harness.ctx.consumers.report()[RELAY]?.failures).toBe(0)
})

test('many rooms share a flight, and a refused event of one delays none of them', async () => {
  const rooms = await Promise.all(upTo(12).map(async () => roomOf(alice, 'closed')))
  await published(harness)
  const before = await replaced()
  await setVendor(harness, { mode: 'down' })
  for (const nth of upTo(2)) {
    for (const [at, { id }] of rooms.entries())
      await say(alice, id, at === 0 ? 'x'.repeat(3_000) : `short ${nth}`)
  }
  await setVendor(harness, { mode: 'none' })
  for (const [at, { id }] of rooms.entries()) {
    const sent = await publishedToRoom(harness, id)
    expect(sent.map(({ rev, type }) => `${rev} ${type}`)).toEqual(
      upTo(2).map((rev) => `${rev} ${at === 0 ? 'changed' : 'message.posted'}`),
    )
  }
  expect(await replaced()).toBe(before + 2)
})

test.each([400, 413])(
  'no event is lost while the broker answers %i to everything',
  async (status) => {
    const room = await roomOf(alice, 'closed')
    await published(harness)
    const before = await replaced()
    await setVendor(harness, { mode: 'error', status })
    for (const nth of upTo(3)) await say(alice, room.id, `message ${nth}`)
    await expect.poll(() => harness.ctx.consumers.report()[RELAY]?.failures).toBeGreaterThan(1)
    await setVendor(harness, { mode: 'none' })
    const sent = await publishedToRoom(harness, room.id)
    expect(sent.map(({ rev, type }) => `${rev} ${type}`)).toEqual(
      upTo(3).map((rev) => `${rev} message.posted`),
    )
    expect(await replaced()).toBe(before)
  },
)

async function replaced(): Promise<number> {
  const { values } = await harness.ctx.metrics.eventsReplaced.get()
  return values[0]?.value ?? 0
}

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1)
}
