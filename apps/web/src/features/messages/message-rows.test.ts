import { BOB } from '@conclave/shared/examples'
import { messageAt } from '@conclave/shared/messages.examples'
import type { Message } from '@conclave/shared/messages'
import { expect, test } from 'vitest'
import { createRowOf, messageRows, type RowOf } from './message-rows.ts'

const messages = [1, 2, 3].map((seq) => ofBob(seq))

test('a new message leaves the rows of the others the very same, so that they are not rendered again', () => {
  const rowOf = createRowOf()
  const before = messageRowsOf(rowOf, messages)
  const after = messageRowsOf(rowOf, [...messages, ofBob(4)])
  expect(after).toHaveLength(4)
  expect(after.slice(0, 3).every((row, nth) => row === before[nth])).toBe(true)
})

test('a message that was changed, or begins a group now, has a new row', () => {
  const rowOf = createRowOf()
  const [first, second, third] = messageRowsOf(rowOf, messages)
  const changed = { ...ofBob(2), rev: 4, text: 'something else' }
  const rows = messageRowsOf(rowOf, [messages[0]!, changed, messages[2]!])
  expect(rows[0]).toBe(first)
  expect(rows[1]).not.toBe(second)
  expect(rows[1]?.message).toBe(changed)
  expect(rows[2]).toBe(third)
  const [beginning] = messageRowsOf(rowOf, messages.slice(1))
  expect(second?.isFirst).toBe(false)
  expect(beginning?.isFirst).toBe(true)
})

function ofBob(seq: number): Message {
  return messageAt(seq, seq, { authorId: BOB })
}

function messageRowsOf(rowOf: RowOf, messages: readonly Message[]) {
  const rows = messageRows({
    rowOf,
    messages,
    pending: [],
    myId: 'me',
    visit: { readSeq: 0, lastSeq: 0 },
    reachesStart: false,
    now: new Date(),
  })
  return rows.filter((row) => row.kind === 'message')
}
