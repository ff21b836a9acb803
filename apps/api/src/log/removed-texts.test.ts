import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { publishedToRoom } from '../../test/data-envelopes.ts'
import { arrive, type Colleague } from '../../test/data-people.ts'
import { edit, remove, roomOf, say } from '../../test/data-rooms.ts'
import { setVendor } from '../../test/data-vendor.ts'
import { type Harness, startHarness } from '../../test/harness.ts'
import { recordingConsumer } from '../../test/recording-consumer.ts'
import { RELAY } from '../realtime/relay.ts'

const REGRETTED = 'what I should not have said'

let harness: Harness
let alice: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one] = await arrive(harness, ['alice'])
  alice = one!
})
afterEach(async () => setVendor(harness, { mode: 'none' }))
afterAll(async () => harness.close())

test('a text that was changed before it was published is never published', async () => {
  const room = await roomOf(alice, 'closed')
  await setVendor(harness, { mode: 'down' })
  const before = harness.ctx.consumers.report()[RELAY]?.failures ?? 0
  const message = await say(alice, room.id, REGRETTED)
  await say(alice, room.id, 'and something else')
  await expect.poll(() => harness.ctx.consumers.report()[RELAY]?.failures).toBeGreaterThan(before)
  await edit(alice, message, 'never mind')
  await edit(alice, message, 'never mind.')
  await setVendor(harness, { mode: 'none' })
  const sent = await publishedToRoom(harness, room.id)
  expect(sent.map(({ rev, type }) => [rev, type])).toEqual([
    [1, 'message.superseded'],
    [2, 'message.posted'],
    [3, 'message.superseded'],
    [4, 'message.changed'],
  ])
  expect(sent[0]?.data).toEqual({})
  expect(sent[3]?.data).toMatchObject({ id: message.id, seq: 1, rev: 4, text: 'never mind.' })
  expect(JSON.stringify(sent)).not.toContain(REGRETTED)
})

test('C9: a removed text is never published, nor what it was before', async () => {
  const room = await roomOf(alice, 'closed')
  await setVendor(harness, { mode: 'down' })
  const before = harness.ctx.consumers.report()[RELAY]?.failures ?? 0
  const message = await say(alice, room.id, REGRETTED)
  await expect.poll(() => harness.ctx.consumers.report()[RELAY]?.failures).toBeGreaterThan(before)
  await edit(alice, message, `${REGRETTED}, and more of it`)
  await remove(alice, message)
  await setVendor(harness, { mode: 'none' })
  const sent = await publishedToRoom(harness, room.id)
  expect(sent.map(({ rev, type }) => [rev, type])).toEqual([
    [1, 'message.superseded'],
    [2, 'message.superseded'],
    [3, 'message.changed'],
  ])
  expect(sent[2]?.data).toMatchObject({
    id: message.id,
    seq: 1,
    text: '',
    removed: { by: 'author' },
  })
  expect(JSON.stringify(sent)).not.toContain(REGRETTED)
})

test('C9: a consumer that was away gets nothing of what was removed', async () => {
  const room = await roomOf(alice, 'closed')
  const away = await harness.another()
  await away.ctx.consumers.start(recordingConsumer('away from removals').spec)
  await away.close()
  const message = await say(alice, room.id, REGRETTED)
  await edit(alice, message, `${REGRETTED}, and more of it`)
  await remove(alice, message)
  const back = recordingConsumer('away from removals')
  await harness.ctx.consumers.start(back.spec)
  await expect
    .poll(() => back.seen.map(({ type, data }) => ({ type, data })))
    .toMatchObject([
      { type: 'message.posted', data: { text: '', removed: { by: 'author' } } },
      { type: 'message.superseded', data: {} },
      { type: 'message.changed', data: { text: '' } },
    ])
  expect(JSON.stringify(back.seen)).not.toContain(REGRETTED)
})

test('a consumer that was away gets the current text, and nothing of a deleted message', async () => {
  const room = await roomOf(alice, 'closed')
  const away = await harness.another()
  const { spec } = recordingConsumer('away')
  await away.ctx.consumers.start(spec)
  await away.close()
  const [changed, gone, kept] = [
    await say(alice, room.id, REGRETTED),
    await say(alice, room.id, REGRETTED),
    await say(alice, room.id, 'kept'),
  ]
  await publishedToRoom(harness, room.id)
  await edit(alice, changed, 'changing')
  await edit(alice, changed, 'changed')
  await harness.sql`delete from messages where room_id = ${room.id} and id = ${gone.id}`
  const back = recordingConsumer('away')
  await harness.ctx.consumers.start(back.spec)
  await expect
    .poll(() => back.seen.map(({ type, subject, data }) => ({ type, subject, data })))
    .toMatchObject([
      { type: 'message.posted', subject: changed.id, data: { text: 'changed', rev: 5 } },
      { type: 'message.superseded', subject: gone.id, data: {} },
      { type: 'message.posted', subject: kept.id, data: { text: 'kept' } },
      { type: 'message.superseded', subject: changed.id, data: {} },
      { type: 'message.changed', subject: changed.id, data: { text: 'changed' } },
    ])
  expect(JSON.stringify(back.seen)).not.toContain(REGRETTED)
})

test('the log has no text', async () => {
  const room = await roomOf(alice, 'closed')
  await say(alice, room.id, REGRETTED)
  const rows = await harness.sql`select * from log where stream = ${`room:${room.id}`}`
  expect([...rows]).toMatchObject([{ type: 'message.posted', data: null }])
  await expect(
    harness.sql`update log set data = '{}' where stream = ${`room:${room.id}`}`,
  ).rejects.toMatchObject({ code: '23514' })
})
