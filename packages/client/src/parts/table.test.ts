import { expect, test } from 'vitest'
import { messages } from './messages.part.ts'
import type { ChangingPart } from './part-kinds.ts'
import { PARTS } from './table.ts'

test('a part that checks nothing does not compile', () => {
  const { check, ...unchecked } = messages
  // @ts-expect-error: whoever adds a part decides what of its events is not to be believed.
  const part: ChangingPart = unchecked
  expect([part.check, check]).toEqual([undefined, messages.check])
})

test('the room is moved on last, and every part is of the stream that it stands under', () => {
  expect(PARTS.room.at(-1)).toHaveProperty('pass')
  expect(PARTS.room.slice(0, -1).filter((part) => part.pass)).toEqual([])
  for (const [stream, parts] of Object.entries(PARTS))
    expect(new Set(parts.map((part) => part.stream))).toEqual(new Set([stream]))
})
