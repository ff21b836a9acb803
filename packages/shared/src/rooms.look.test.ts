import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { knownOf, LOOK_PATTERN } from './rooms.look.ts'

const sha256 = async (text: string | Uint8Array) =>
  Promise.resolve(new Uint8Array(createHash('sha256').update(text).digest()))

const rooms = Array.from({ length: 100 }, (_, n) => ({
  id: `01900000-0000-7000-8000-${String(n).padStart(11, '0')}${(n % 16).toString(16)}`,
  rev: n,
  epoch: 0,
}))

test('a room that moved, one with another epoch and one that is gone change the digest of their bucket alone', async () => {
  const known = await knownOf(rooms, sha256)
  expect(known).toMatch(new RegExp(LOOK_PATTERN))
  expect(await knownOf(rooms.toReversed(), sha256)).toBe(known)
  const [first, ...others] = rooms
  for (const changed of [
    [{ ...first!, rev: 7 }, ...others],
    [{ ...first!, epoch: 1 }, ...others],
    others,
  ]) {
    const now = await knownOf(changed, sha256)
    expect(now.slice(0, 16)).not.toBe(known.slice(0, 16))
    expect(now.slice(16)).toBe(known.slice(16))
  }
})

test('no rooms have digests too', async () => {
  expect(await knownOf([], sha256)).toMatch(new RegExp(LOOK_PATTERN))
})
