import { editMessage } from '@conclave/shared/edits'
import { listMessages, postMessage } from '@conclave/shared/messages'
import { LIST_ANSWER_MAX_BYTES } from '@conclave/shared/paging'
import { listQuotes, QUOTES_MAX } from '@conclave/shared/quotes'
import { quoteOf } from '@conclave/shared/quotes.fold'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { publishedToRoom } from '../../../test/data-envelopes.ts'
import { arrive, type Colleague, refusal } from '../../../test/data-people.ts'
import { NOWHERE, roomOf, say } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

let harness: Harness
let alice: Colleague
let bob: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two, three] = await arrive(harness, ['alice', 'bob', 'mallory'])
  alice = one!
  bob = two!
  mallory = three!
})
afterAll(async () => harness.close())

test('C10: a reply tells everybody what it answers, and quotes have what that says now', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const original = await say(alice, room.id, 'Shall we have tea?')
  const reply = await replyTo(bob, room.id, original.id)
  expect(reply.replyTo).toBe(original.id)
  const events = await publishedToRoom(harness, room.id)
  expect(events.at(-1)).toMatchObject({ type: 'message.posted', data: { replyTo: original.id } })
  const params = { roomId: room.id }
  const page = await alice.call(listMessages, { params, query: {} })
  expect(page.messages.at(-1)).toEqual(reply)

  const { quotes, rev, named } = await bob.call(listQuotes, { params, query: { ids: original.id } })
  expect(quotes).toEqual([quoteOf(original)])
  expect(rev).toBe(reply.rev)
  expect(named?.people.map(({ id }) => id)).toEqual([alice.id])
  const words = { text: 'Shall we have coffee?' }
  await alice.call(editMessage, { params: { ...params, messageId: original.id }, body: words })
  const changed = await bob.call(listQuotes, { params, query: { ids: original.id } })
  expect(changed.quotes).toMatchObject([{ text: 'Shall we have coffee?' }])
})

test('C10: a removed original is quoted as removed, without a word of it', async () => {
  const room = await roomOf(alice, 'closed')
  const original = await say(alice, room.id, 'Never mind')
  await replyTo(alice, room.id, original.id)
  await harness.sql`
    update messages set text = '', removed_at = clock_timestamp(), removed_by = 'author'
    where room_id = ${room.id} and id = ${original.id}`
  const query = { ids: original.id }
  const { quotes } = await alice.call(listQuotes, { params: { roomId: room.id }, query })
  expect(quotes).toEqual([{ ...quoteOf(original), text: '', removed: true }])
})

test('C10: only a message of the same room can be answered, and the same reply twice is one', async () => {
  const [room, another] = await Promise.all([roomOf(alice, 'closed'), roomOf(alice, 'closed')])
  const original = await say(alice, room.id, 'Here')
  const elsewhere = await say(alice, another.id, 'There')
  for (const id of [elsewhere.id, NOWHERE])
    expect(await refusal(replyTo(alice, room.id, id))).toBe('message-not-found')
  const body = { id: v7(), text: 'An answer', replyTo: original.id }
  const params = { roomId: room.id }
  const first = await alice.call(postMessage, { params, body })
  expect(await alice.call(postMessage, { params, body })).toEqual(first)
  const { replyTo: _, ...without } = body
  expect(await refusal(alice.call(postMessage, { params, body: without }))).toBe('message-id-taken')
  const { messages } = await alice.call(listMessages, { params, query: {} })
  expect(messages.map(({ seq }) => seq)).toEqual([1, 2])
})

test('quotes are omitted of what the room does not have: other rooms, nothing, lines of the system', async () => {
  const [room, another] = await Promise.all([roomOf(alice, 'closed'), roomOf(alice, 'closed')])
  const [one, line] = [await say(alice, room.id, 'One'), await say(alice, room.id, 'Two')]
  const elsewhere = await say(alice, another.id, 'There')
  await harness.sql`
    update messages set text = '', line = '{"kind":"joined"}' where id = ${line.id}`
  const ids = [NOWHERE, line.id, elsewhere.id, one.id, one.id].join(',')
  const { quotes } = await alice.call(listQuotes, { params: { roomId: room.id }, query: { ids } })
  expect(quotes.map(({ id }) => id)).toEqual([one.id])
  const nothing = { params: { roomId: room.id }, query: { ids: NOWHERE } }
  expect(await alice.call(listQuotes, nothing)).toEqual({ rev: room.rev + 2, quotes: [] })
})

test('the most quotes of the heaviest messages fit into an answer', async () => {
  const room = await roomOf(alice, 'closed')
  const text = `!${'\u0001'.repeat(1_000)}`
  const ids = Array.from({ length: QUOTES_MAX }, () => v7())
  for (const id of ids)
    await alice.call(postMessage, { params: { roomId: room.id }, body: { id, text } })
  const path = `/v1/rooms/${room.id}/quotes?ids=`
  const answer = await alice.send('GET', path + ids.join(','))
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.text)).toMatchObject({ quotes: ids.map((id) => ({ id })) })
  expect(Buffer.byteLength(answer.text)).toBeLessThan(LIST_ANSWER_MAX_BYTES)
  expect((await alice.send('GET', `${path}${[...ids, NOWHERE].join(',')}`)).status).toBe(400)
  for (const bad of ['', 'x', `${NOWHERE},`, '%00'])
    expect((await alice.send('GET', path + bad)).status).toBe(400)
})

test('mallory, outside, learns nothing of it', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const { id } = await say(alice, room.id, 'Between us')
  const ask = { params: { roomId: room.id }, query: { ids: id } }
  expect(await refusal(mallory.call(listQuotes, ask))).toBe('room-not-found')
  expect((await bob.call(listQuotes, ask)).quotes).toHaveLength(1)
})

async function replyTo(author: Colleague, roomId: string, original: string) {
  const body = { id: v7(), text: 'With pleasure', replyTo: original }
  return author.call(postMessage, { params: { roomId }, body })
}
