import { messageAt } from '@conclave/shared/messages.examples'
import { expect, test } from 'vitest'
import { createHeld } from './held.ts'

test('a client takes what is next, not what comes after a gap, and holds what it catches up with', () => {
  const held = createHeld({ rev: 4, lastSeq: 2 })
  expect(held.take(5, messageAt(3, 5))).toBe(true)
  expect(held.take(8, messageAt(5, 8))).toBe(false)
  expect(held.has(5)).toBe(false)
  held.catchUp({
    reset: false,
    rev: 8,
    lastSeq: 5,
    members: [],
    left: [],
    messages: [4, 5].map((seq) => messageAt(seq, seq + 3)),
  })
  expect(held.take(8, messageAt(5, 8))).toBe(true)
  expect([3, 4, 5].filter(held.has)).toEqual([3, 4, 5])
  expect([held.rev, held.lastSeq, held.twice.size]).toEqual([8, 5, 0])
})

test('a message that comes again under a new revision is one that people see twice', () => {
  const held = createHeld({ rev: 0, lastSeq: 0 })
  held.take(1, messageAt(1, 1))
  held.take(2, messageAt(1, 2))
  expect([...held.twice]).toEqual([1])
})
