import type { MessagePage } from '@conclave/shared/messages'
import { expect, test } from 'vitest'
import { messages } from './messages.part.ts'
import type { ChangingPart } from './part-kinds.ts'
import { PARTS } from './table.ts'

test('a part that checks nothing does not compile', () => {
  const unchecked: Omit<ChangingPart<MessagePage>, 'check'> = messages
  // @ts-expect-error: each part has to say which events it refuses.
  const part: ChangingPart<MessagePage> = unchecked
  expect(part).toBe(messages)
})

test('the room itself is folded last, and every part belongs to the stream it is listed under', () => {
  expect(PARTS.room.map((part) => 'skip' in part)).toEqual([false, false, true])
  for (const [stream, parts] of Object.entries(PARTS))
    expect(new Set(parts.map((part) => part.stream))).toEqual(new Set([stream]))
})
