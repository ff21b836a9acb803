import { expect, test } from 'vitest'
import { afterHeard, movedOn, newLineOf, withCounted, type NewLine } from './new-line.ts'

test('E12: it stays while what was unread is read, and counts what arrives before all of that is', () => {
  const opened = newLineOf({ readSeq: 5, lastSeq: 9, unread: 4 })
  const counted = afterHeard(opened, unread(11))
  expect(counted.line).toEqual({ readSeq: 5, lastSeq: 9, unread: 4, throughSeq: 11 })
  expect(movedOn(counted, unread(11))).toBe(counted)
  const caughtUp = afterHeard(counted, read(11))
  expect(caughtUp.line).toBe(counted.line)
  // Read as it arrives.
  expect(afterHeard(caughtUp, read(14)).line).toBe(counted.line)
})

test('E12: once all was read, it goes before the first message that is not, and stays there while more arrives', () => {
  const caughtUp = afterHeard(newLineOf({ readSeq: 5, lastSeq: 6 }), read(6))
  expect(movedOn(caughtUp, read(6))).toBe(caughtUp)
  const moved = arrives(caughtUp, 8)
  expect(moved.line).toEqual({ readSeq: 6, lastSeq: 8 })
  const grown = arrives(moved, 9)
  expect(grown.line).toEqual({ readSeq: 6, lastSeq: 8, throughSeq: 9 })
  expect(arrives(afterHeard(grown, read(9)), 10).line).toEqual({ readSeq: 9, lastSeq: 10 })
})

test('E12: in a room that was read there is none until something arrives unseen', () => {
  const opened = newLineOf({ readSeq: 6, lastSeq: 6 })
  expect(afterHeard(opened, unread(8)).line).toBe(opened.line)
  expect(arrives(opened, 8).line).toEqual({ readSeq: 6, lastSeq: 8 })
})

test('E12: while it cannot move, because it is in view, it counts what is below it, and still moves later', () => {
  const caughtUp = afterHeard(newLineOf({ readSeq: 5, lastSeq: 6 }), read(6))
  const counted = withCounted(caughtUp, 8)
  expect(counted.line).toEqual({ readSeq: 5, lastSeq: 6, throughSeq: 8 })
  expect(movedOn(counted, unread(8)).line).toEqual({ readSeq: 6, lastSeq: 8 })
})

function arrives(now: NewLine, lastSeq: number): NewLine {
  return movedOn(afterHeard(now, unread(lastSeq)), unread(lastSeq))
}

function unread(lastSeq: number) {
  return { lastSeq, isRead: false }
}

function read(lastSeq: number) {
  return { lastSeq, isRead: true }
}
