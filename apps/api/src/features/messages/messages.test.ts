import { codePointsIn } from '@conclave/shared/code-points'
import {
  listChanges,
  listMessages,
  MESSAGE_MAX_CODE_POINTS,
  postMessage,
} from '@conclave/shared/messages'
import { canonicalJson } from '@conclave/shared/messages.digest'
import { foldMessages } from '@conclave/shared/messages.fold'
import { getRoom } from '@conclave/shared/rooms'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folded, foldRoomOf, publishedToRoom } from '../../../test/data-envelopes.ts'
import { arrive, type Colleague, refusal, withoutInstance } from '../../../test/data-people.ts'
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

test('what alice writes is what bob reads and what the event has, byte for byte', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const message = await say(alice, room.id, 'Hello, Bob')
  const { messages } = await bob.call(listMessages, { params: { roomId: room.id }, query: {} })
  expect(messages).toEqual([message])
  expect(message).toMatchObject({ seq: 1, authorId: alice.id, text: 'Hello, Bob' })
  const told = (await publishedToRoom(harness, room.id)).at(-1)
  expect(canonicalJson(told?.data)).toBe(canonicalJson(message))
  expect(told).toMatchObject({ v: 1, room: room.id, epoch: room.epoch, rev: message.rev })
})

test('a page and a room plus the events equal what is fetched', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const at = { params: { roomId: room.id } }
  const { named: nobody, ...oldPage } = await bob.call(listMessages, { ...at, query: {} })
  expect(nobody).toBeUndefined()
  const oldRoom = await bob.call(getRoom, at)
  await Promise.all(['one', 'two', 'three'].map(async (text) => say(alice, room.id, text)))
  const told = await publishedToRoom(harness, room.id)
  const { named, ...newPage } = await bob.call(listMessages, { ...at, query: {} })
  expect(newPage.messages).toHaveLength(3)
  expect(named?.people).toMatchObject([{ id: alice.id, name: 'Alice' }])
  expect(folded(oldPage, told, foldMessages)).toEqual(newPage)
  expect(folded(oldRoom, told, foldRoomOf(bob.id))).toEqual(await bob.call(getRoom, at))
})

test('a message sent twenty times at once is stored once and published once', async () => {
  const room = await roomOf(alice, 'closed')
  const body = { id: v7(), text: 'only once' }
  const path = `/v1/rooms/${room.id}/messages`
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => alice.send('POST', path, body)),
  )
  expect(answers.map(({ status }) => status).toSorted(ascending)).toEqual([...repeat(200, 19), 201])
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(await harness.sql`select from messages where id = ${body.id}`).toHaveLength(1)
  expect(await publishedToRoom(harness, room.id)).toHaveLength(1)
})

test('an id belongs to one text of one author', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const { id } = await say(alice, room.id, 'mine')
  const again = async (who: Colleague, text: string) =>
    who.call(postMessage, { params: { roomId: room.id }, body: { id, text } })
  expect(await refusal(again(alice, 'changed'))).toBe('message-id-taken')
  expect(await refusal(again(bob, 'mine'))).toBe('message-id-taken')
  expect(await again(alice, 'mine')).toMatchObject({ id, text: 'mine' })
})

test('the same id in two rooms is two messages', async () => {
  const [one, two] = [await roomOf(alice, 'closed'), await roomOf(alice, 'closed')]
  const body = { id: v7(), text: 'twice' }
  const first = await alice.call(postMessage, { params: { roomId: one.id }, body })
  const second = await alice.call(postMessage, { params: { roomId: two.id }, body })
  expect([first.roomId, second.roomId]).toEqual([one.id, two.id])
})

test('an archived room takes no new message, but a repeat is still answered', async () => {
  const room = await roomOf(alice, 'closed')
  const before = await say(alice, room.id, 'before')
  await harness.sql`update rooms set archived_at = now() where id = ${room.id}`
  expect(await refusal(say(alice, room.id, 'after'))).toBe('room-archived')
  const body = { id: before.id, text: before.text }
  expect(await alice.call(postMessage, { params: { roomId: room.id }, body })).toEqual(before)
})

test('200 messages of two people in two rooms have seqs without gaps', async () => {
  const rooms = [await roomOf(alice, 'closed', [bob]), await roomOf(bob, 'closed', [alice])]
  const posts = Array.from({ length: 200 }, async (_, nth) =>
    say(nth % 2 ? alice : bob, rooms[nth % 4 < 2 ? 0 : 1]!.id, `message ${nth}`),
  )
  const messages = await Promise.all(posts)
  for (const room of rooms) {
    const mine = messages.filter(({ roomId }) => roomId === room.id)
    expect(mine.map(({ seq }) => seq).toSorted(ascending)).toEqual(upTo(100))
    const revs = (await publishedToRoom(harness, room.id)).map(({ rev }) => rev)
    expect(revs).toEqual(upTo(101))
  }
})

test('D11: a message may have 16,000 code points in any script, and not one more', async () => {
  const room = await roomOf(alice, 'closed')
  for (const letter of ['x', 'é', '€', '字', '😀', '👩‍👩‍👧‍👦', '\u0001']) {
    const most = Math.floor((MESSAGE_MAX_CODE_POINTS - 1) / codePointsIn(letter))
    const longest = letter.repeat(most)
    const padded = longest + 'x'.repeat(MESSAGE_MAX_CODE_POINTS - codePointsIn(longest))
    expect(await say(alice, room.id, padded)).toMatchObject({ text: padded })
    expect(await refusal(say(alice, room.id, `${padded}x`))).toBe('message-too-long')
  }
})

test('a message too large for the broker is published as its revision and can be fetched', async () => {
  const room = await roomOf(alice, 'closed')
  const message = await say(alice, room.id, 'x'.repeat(MESSAGE_MAX_CODE_POINTS))
  const { rev } = message
  expect(await publishedToRoom(harness, room.id)).toMatchObject([
    { rev, type: 'changed', data: null },
  ])
  const query = { after: String(rev - 1) }
  const changes = await alice.call(listChanges, { params: { roomId: room.id }, query })
  expect(changes).toMatchObject({ reset: false, messages: [message] })
})

test('text that clients do not preserve, and fields that the server sets, are refused', async () => {
  const room = await roomOf(alice, 'closed')
  const path = `/v1/rooms/${room.id}/messages`
  const send = async (body: object) =>
    (await alice.send('POST', path, { id: v7(), text: 'fine', ...body })).status
  expect(await send({ text: 'a\u0000b' })).toBe(400)
  expect(await send({ text: 'a\ud800b' })).toBe(400)
  expect(await send({ text: '' })).toBe(400)
  expect(await send({ id: '7f3c1e0a-1111-4222-8333-444455556666' })).toBe(400)
  for (const field of ['authorId', 'author_id', 'seq', 'rev', 'roomId', 'createdAt']) {
    expect(await send({ [field]: bob.id })).toBe(400)
  }
  expect(await send({})).toBe(201)
})

test('a message needs something visible', async () => {
  const room = await roomOf(alice, 'closed')
  const send = async (text: string) =>
    alice.send('POST', `/v1/rooms/${room.id}/messages`, { id: v7(), text })
  for (const text of [
    '\u2800',
    '\u200b',
    ' \n\u3000',
    '\u3164',
    '\u202e\u202c',
    '\ufe0f',
    '\u0301',
  ]) {
    const { status, text: answer } = await send(text)
    expect([text, status]).toEqual([text, 400])
    expect(JSON.parse(answer).errors).toEqual([
      { pointer: '/body/text', detail: expect.stringContaining('something to see') },
    ])
  }
  for (const text of [' .', '\u2801', '\u200b👍🏽', 'e\u0301', 'علی\u200cرضا']) {
    expect([text, (await send(text)).status]).toEqual([text, 201])
  }
  const { messages } = await alice.call(listMessages, { params: { roomId: room.id }, query: {} })
  expect(messages).toHaveLength(5)
})

test('for mallory, outside, the room does not exist', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  await say(alice, room.id, 'secret')
  const requests: [string, string, unknown?][] = [
    ['GET', 'messages'],
    ['GET', 'changes?after=0'],
    ['POST', 'messages', { id: v7(), text: 'let me in' }],
  ]
  for (const [method, path, body] of requests) {
    const here = await mallory.send(method, `/v1/rooms/${room.id}/${path}`, body)
    const absent = await mallory.send(method, `/v1/rooms/${NOWHERE}/${path}`, body)
    expect(here.status).toBe(404)
    expect(withoutInstance(here.text)).toBe(withoutInstance(absent.text))
    expect((await bob.send(method, `/v1/rooms/${room.id}/${path}`, body)).status).toBeLessThan(300)
  }
})

function upTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1)
}

function repeat(value: number, times: number): number[] {
  return Array.from({ length: times }, () => value)
}

function ascending(a: number, b: number): number {
  return a - b
}
