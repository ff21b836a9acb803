import { PostMessage } from '@conclave/shared/messages'
import { Check } from 'typebox/value'
import { expect, test } from 'vitest'
import { newMessageId } from './message-id.ts'

test('a message gets an id that the api accepts, that is unique, and that begins with the time', () => {
  const before = Date.now()
  const ids = Array.from({ length: 1_000 }, newMessageId)
  expect(new Set(ids).size).toBe(1_000)
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(Check(PostMessage, { id, text: 'one' })).toBe(true)
    const time = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
    expect(time).toBeGreaterThanOrEqual(before)
    expect(time).toBeLessThanOrEqual(Date.now())
  }
})
