import { ENVELOPE_MAX_BYTES, type PersonEnvelope, type PersonHint } from '@conclave/shared/events'
import { type Room } from '@conclave/shared/rooms'
import { ROOM_NAME_MAX_CHARS, ROOM_TOPIC_MAX_CHARS } from '@conclave/shared/rooms.create'
import { v7 } from 'uuid'
import { expect, test } from 'vitest'
import { toHintEvents } from './hint-events.ts'

const BOB = v7()
const AT = '2026-11-26T12:00:00.000Z'

test.each([
  ['usual names', 'Team tea', 3],
  ['the longest names and topics', '"'.repeat(ROOM_TOPIC_MAX_CHARS), 7],
  ['the longest names and topics of four bytes a letter', '𝄞'.repeat(ROOM_TOPIC_MAX_CHARS), 14],
])('40 rooms with %s are in few events that fit, each once', (_, text, most) => {
  const rooms = Array.from({ length: 40 }, () => roomWith(text))
  const events = toHintEvents({ personId: BOB, epoch: 3, rev: 9, rooms }, AT)
  expect(events.length).toBeLessThanOrEqual(most)
  for (const { channel, data } of events) {
    expect(channel).toBe(`private-encrypted-person-${BOB}-e3`)
    expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThanOrEqual(ENVELOPE_MAX_BYTES)
    expect(data).toMatchObject({ v: 1, rev: 9, at: AT, person: BOB, epoch: 3 })
  }
  const hints = events.map(({ data }) => data as PersonEnvelope & PersonHint)
  expect(new Set(hints.map(({ type }) => type))).toEqual(new Set(['rooms.moved']))
  expect(hints.flatMap(({ data }) => data.rooms)).toEqual(rooms)
})

function roomWith(text: string): Room {
  const counts = { lastSeq: 1, readSeq: 1, rev: 1, epoch: 0, memberCount: 2, membersRev: 1 }
  return {
    id: v7(),
    kind: 'closed',
    name: text.slice(0, 2 * ROOM_NAME_MAX_CHARS),
    topic: text,
    archived: false,
    people: [],
    role: 'member',
    ...counts,
  }
}
