import { BOB, NOON } from '@conclave/shared/examples'
import { messageAt } from '@conclave/shared/messages.examples'
import { REMOVED_SHOWN_MS, type Message } from '@conclave/shared/messages'
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

test('C9, C18: a removed message is a line of its own, and is gone a day later', () => {
  const all = [ofBob(1), removed(2), ofBob(3), removed(4), removed(5)]
  const then = messageRowsOf(createRowOf(), all, Date.parse(NOON))
  expect(shape(then)).toEqual(['1 first', '2 first', '3 first', '4 first', '5 first'])
  const later = messageRowsOf(createRowOf(), all, Date.parse(NOON) + 1)
  expect(shape(later)).toEqual(['1 first', '3'])
  expect(REMOVED_SHOWN_MS).toBe(24 * 60 * 60 * 1000)
})

test('C9: who has read up to a message has read what is not shown after it', () => {
  const all = [ofBob(1), removed(2), ofBob(3), removed(4), removed(5)]
  const rows = messageRowsOf(createRowOf(), all, Date.parse(NOON) + 1)
  expect(rows.map(({ throughSeq }) => throughSeq)).toEqual([2, 5])
})

test('C9: nobody is told of a removed message as one to be read', () => {
  const all = [ofBob(1), removed(2), ofBob(3)]
  const rows = messageRows({ ...optionsOf(all), unread: 1, visit: { readSeq: 1, lastSeq: 3 } })
  expect(rows.map((row) => (row.kind === 'new' ? `${row.count} new` : row.key))).toEqual([
    expect.stringContaining('day'),
    ofBob(1).id,
    ofBob(2).id,
    '1 new',
    ofBob(3).id,
  ])
})

function shape(rows: ReturnType<typeof messageRowsOf>): string[] {
  return rows.map(({ message, isFirst }) => `${message.seq}${isFirst ? ' first' : ''}`)
}

function ofBob(seq: number): Message {
  return messageAt(seq, seq, { authorId: BOB })
}

function removed(seq: number): Message {
  return { ...ofBob(seq), text: '', removed: { at: NOON, by: 'author' } }
}

function optionsOf(messages: readonly Message[]) {
  return {
    rowOf: createRowOf(),
    messages,
    pending: [],
    myId: 'me',
    visit: { readSeq: 0, lastSeq: 0 },
    reachesStart: false,
    reachesEnd: true,
    unread: 0,
    starts: new Set<string>(),
    now: new Date(),
    removedShownSince: 0,
  }
}

function messageRowsOf(rowOf: RowOf, messages: readonly Message[], removedShownSince = 0) {
  const rows = messageRows({ ...optionsOf(messages), rowOf, removedShownSince })
  return rows.filter((row) => row.kind === 'message')
}
