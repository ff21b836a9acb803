import { choose, say, sees, something } from './actions.ts'
import { expect, test } from './fixtures.ts'
import { canariesOf, seenIn } from './vendor-canaries.ts'

/** The broker's record of every stack is searched again when its tests are over: fixtures.ts. */
test('the broker has seen no text, name, e-mail address or Auth0 id of this run', async ({
  alice,
  bob,
  stack,
  vendor,
}) => {
  const text = something('Nobody but us reads this')
  await say(alice, text)
  await sees(bob, text)
  await choose(alice, 'Busy')
  await expect(bob.getByTitle('Alice Meyer, Busy').first()).toBeVisible()

  const record = await vendor.record()
  const canaries = await canariesOf(stack)
  // The search proves something only if the record is large, and if it finds what is there.
  expect(record.length).toBeGreaterThan(10_000)
  expect(record).toContain('private-encrypted-room-')
  expect(canaries).toEqual(expect.arrayContaining([text, 'Alice Meyer', 'Tanaka', 'General']))
  expect(seenIn(`${record} ${text}`, canaries)).toEqual([text])
  expect(seenIn(record, canaries)).toEqual([])
})
