import { editMessage } from '@conclave/shared/edits'
import { postMessage } from '@conclave/shared/messages'
import { setReaction } from '@conclave/shared/reactions'
import { removeMessage } from '@conclave/shared/removals'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDatabaseProxy } from '../../../test/database-proxy.ts'
import { arrive } from '../../../test/data-people.ts'
import { roomOf } from '../../../test/data-rooms.ts'
import { startHarness, type Harness } from '../../../test/harness.ts'

/** Each of the connections prepares each statement once, which is a round trip more. */
const ROUNDS = 15

let harness: Harness

beforeAll(async () => {
  harness = await startHarness()
})
afterAll(async () => harness.close())

test('an edit, a reaction and a removal ask the database no more often than a post: who calls, and the write', async () => {
  const [alice] = await arrive(harness, ['alice'])
  const { id: roomId } = await roomOf(alice!, 'closed')
  await using proxy = await startDatabaseProxy(harness.ctx.config.databaseUrl)
  await using instance = await harness.another({ DATABASE_URL: proxy.url })
  const { call } = await instance.as(alice!.email)
  const fewest = new Map<string, number>()
  async function count(act: string, work: Promise<unknown>): Promise<void> {
    const before = proxy.sent('conclave-api')
    await work
    const trips = proxy.sent('conclave-api') - before
    fewest.set(act, Math.min(fewest.get(act) ?? Infinity, trips))
  }
  for (let nth = 0; nth < ROUNDS; nth += 1) {
    const messageId = v7()
    const params = { roomId, messageId }
    await count('post', call(postMessage, { params, body: { id: messageId, text: 'said' } }))
    await count('edit', call(editMessage, { params, body: { text: 'said better' } }))
    await count('react', call(setReaction, { params, body: { emoji: '👍', reacted: true } }))
    await count('remove', call(removeMessage, { params }))
  }
  expect(Object.fromEntries(fewest)).toEqual({ post: 2, edit: 2, react: 2, remove: 2 })
})
