import type { MessagePage } from '@conclave/shared/messages'
import { expect, test } from 'vitest'
import { messages } from './messages.part.ts'
import type { ChangingPart } from './part-kinds.ts'
import { PARTS } from './table.ts'

test('a part that checks nothing does not compile', () => {
  const unchecked: Omit<ChangingPart<MessagePage>, 'check'> = messages
  // @ts-expect-error: whoever adds a part decides what of its events is not to be believed.
  const part: ChangingPart<MessagePage> = unchecked
  expect(part).toBe(messages)
})

test('the room is moved on last, and every part is of the stream that it stands under', () => {
  expect(PARTS.room.map((part) => 'pass' in part)).toEqual([false, false, true])
  for (const [stream, parts] of Object.entries(PARTS))
    expect(new Set(parts.map((part) => part.stream))).toEqual(new Set([stream]))
})
