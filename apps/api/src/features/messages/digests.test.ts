import { createHash } from 'node:crypto'
import { addMember } from '@conclave/shared/members'
import {
  COMPARE_MAX_MESSAGES,
  listChanges,
  listMessages,
  Message,
  MESSAGE_MAX_CODE_POINTS,
  postMessage,
  type RoomChanges,
} from '@conclave/shared/messages'
import { agrees } from '@conclave/shared/messages.compare'
import { createDigestOf, DIGEST_VERSION, type DigestOf } from '@conclave/shared/messages.digest'
import { joinPages } from '@conclave/shared/messages.fold'
import { setReaction } from '@conclave/shared/reactions'
import { hasSomethingToSee } from '@conclave/shared/visible'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, type Colleague, withoutInstance } from '../../../test/data-people.ts'
import { edit, NOWHERE, remove, roomOf, say, sayMany } from '../../../test/data-rooms.ts'
import { NAUGHTY_TEXTS } from '../../../test/data-texts.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

const AWKWARD_TEXTS = [
  ...NAUGHTY_TEXTS.filter(hasSomethingToSee),
  'one\r\ntwo\rthree\nfour',
  'é and e\u0301',
  'w'.repeat(MESSAGE_MAX_CODE_POINTS),
  '\u{1F511}'.repeat(MESSAGE_MAX_CODE_POINTS),
]

let harness: Harness
let alice: Colleague
let bob: Colleague
let roomId: string
let digestOf: DigestOf

beforeAll(async () => {
  harness = await startHarness()
  const [one, two] = await arrive(harness, ['alice', 'bob'])
  alice = one!
  bob = two!
  roomId = (await roomOf(alice, 'closed')).id
  for (const text of AWKWARD_TEXTS) await say(alice, roomId, text)
  await sayMany(alice, roomId, 60)
  digestOf = createDigestOf(
    async (data) => new Uint8Array(createHash('sha256').update(data).digest()),
  )
})
afterAll(async () => harness.close())

test('the database and a client hash the same bytes, whatever was written', async () => {
  const { messages } = await page({ after: '0', limit: String(AWKWARD_TEXTS.length) })
  expect(messages.map(({ text }) => text)).toEqual(AWKWARD_TEXTS)
  for (const message of messages) {
    const seq = String(message.seq)
    expect(await digest({ from: seq, to: seq })).toBe(await digestOf([message]))
  }
})

test('and whatever became of it: edited, answered, reacted to, mentioned, removed, or a line', async () => {
  const { id } = await roomOf(alice, 'closed')
  const params = { roomId: id }
  await say(alice, id, 'Before there is anybody else')
  await alice.call(addMember, { params, body: { personId: bob.id } })
  const first = await say(alice, id, `<@${bob.id}> <!room> as it was said`)
  const body = { id: v7(), text: 'An answer', replyTo: first.id }
  const answer = await bob.call(postMessage, { params, body })
  for (const who of [alice, bob])
    await who.call(setReaction, {
      params: { roomId: id, messageId: answer.id },
      body: { emoji: '👩🏽‍🚀', reacted: true },
    })
  await edit(alice, first, `<@${bob.id}> <!room> as it was meant`)
  await remove(bob, await say(bob, id, 'Never mind'))
  await remove(alice, await say(bob, id, 'Not here'))
  const run = await alice.call(listMessages, { params, query: {} })
  const fields = new Set(run.messages.flatMap((message) => Object.keys(message)))
  expect(fields).toEqual(new Set(Object.keys(Message.properties)))
  for (const message of run.messages) {
    const seq = String(message.seq)
    const changes = await alice.call(listChanges, {
      params,
      query: { after: '0', from: seq, to: seq },
    })
    expect(changes).toMatchObject({ runDigest: { sha256: await digestOf([message]) } })
  }
})

test('the digest of a run is that of the pages it was read in', async () => {
  const newest = await page({})
  const older = await page({ before: String(newest.messages[0]?.seq) })
  const joined = joinPages(older, newest)!
  expect(joined.reachesStart).toBe(true)
  const changes = await since(joined.rev, { from: '1', to: String(joined.messages.length) })
  expect(changes).toEqual({
    reset: false,
    rev: joined.rev,
    lastSeq: joined.messages.length,
    messages: [],
    members: [],
    left: [],
    runDigest: { version: DIGEST_VERSION, sha256: await digestOf(joined.messages) },
  })
  expect(await agrees(joined, changes, digestOf)).toBe(true)
})

test('without a run there is no digest', async () => {
  expect(await since(80, {})).not.toHaveProperty('runDigest')
  expect(await since(80, { from: '1', to: '9' })).toHaveProperty('runDigest')
})

test('the digest is of the revision in the response, not of the requested one', async () => {
  const room = await roomOf(alice, 'closed')
  const first = await say(alice, room.id, 'first')
  const held = await alice.call(listMessages, { params: { roomId: room.id }, query: {} })
  const second = await say(alice, room.id, 'second')
  const query = { after: String(held.rev), from: '1', to: '2' }
  const changes = await alice.call(listChanges, { params: { roomId: room.id }, query })
  expect(changes).toMatchObject({
    rev: second.rev,
    runDigest: { sha256: await digestOf([first, second]) },
  })
})

test.each([
  ['text', `text = text || '!'`],
  ['author', `author_id = '$bob'`],
  ['time', `created_at = created_at + interval '1 ms'`],
  ['revision', `rev = rev + 1`],
  ['time of an edit', `edited_at = now()`],
  ['removal', `removed_by = 'moderator'`],
  ['original', `reply_to = id`],
  ['mentions', `mentions = array['$bob']::uuid[]`],
  ['call to everybody', `notifies = 'room'`],
  ['line', `line = '{"kind":"joined"}'`],
  ['reactions', `reactions = '[{"count":1,"emoji":"x","people":["$bob"]}]'`],
])('a row whose %s was changed by hand has another digest', async (_, change) => {
  const room = await roomOf(alice, 'closed')
  const said = await say(alice, room.id, 'as it was said')
  // What is removed has no text.
  if (change.startsWith('removed')) await remove(alice, said)
  const { id } = said
  const at = { params: { roomId: room.id } }
  const held = await alice.call(listMessages, { ...at, query: {} })
  const compare = async () => {
    const query = { after: String(held.rev), from: '1', to: '1' }
    return agrees(held, await alice.call(listChanges, { ...at, query }), digestOf)
  }
  expect(await compare()).toBe(true)
  await harness.sql.unsafe(
    `update messages set ${change.replaceAll('$bob', bob.id)} where id = '${id}'`,
  )
  expect(await compare()).toBe(false)
})

test('an empty run has the digest of nothing', async () => {
  expect(await digest({ from: '900', to: '901' })).toBe(await digestOf([]))
  expect(await digest({ from: '0', to: '0' })).toBe(await digestOf([]))
})

test('a run has both ends, in order, and a sensible length', async () => {
  const path = `/v1/rooms/${roomId}/changes?after=0`
  const longest = String(COMPARE_MAX_MESSAGES)
  for (const [query, pointer] of [
    ['&from=1', '/querystring/to'],
    ['&to=1', '/querystring/from'],
    ['&from=2&to=1', '/querystring/to'],
    [`&from=0&to=${longest}`, '/querystring/to'],
  ]) {
    const { status, text } = await alice.send('GET', path + query)
    expect([status, JSON.parse(text)]).toMatchObject([400, { errors: [{ pointer }] }])
  }
  expect((await alice.send('GET', `${path}&from=-1&to=1`)).status).toBe(400)
  expect((await alice.send('GET', `${path}&from=1&to=${longest}`)).status).toBe(200)
})

test('bob, outside, gets no digest, as for a room that does not exist', async () => {
  const query = '?after=0&from=1&to=2'
  const there = await bob.send('GET', `/v1/rooms/${roomId}/changes${query}`)
  const nowhere = await bob.send('GET', `/v1/rooms/${NOWHERE}/changes${query}`)
  expect(there.status).toBe(404)
  expect(withoutInstance(there.text)).toBe(withoutInstance(nowhere.text))
  expect((await alice.send('GET', `/v1/rooms/${roomId}/changes${query}`)).status).toBe(200)
})

test('a repair is counted and logged, without any content', async () => {
  const path = `/v1/rooms/${roomId}/messages`
  const before = await mismatches()
  await alice.send('GET', path)
  expect((await bob.send('GET', `${path}?repair=true`)).status).toBe(404)
  expect((await alice.send('GET', `${path}?repair=yes`)).status).toBe(400)
  expect(await mismatches()).toBe(before)
  expect(warnings()).toEqual([])

  expect((await alice.send('GET', `${path}?repair=true`)).status).toBe(200)
  expect(await mismatches()).toBe(before + 1)
  const [warning, ...others] = warnings()
  expect(others).toEqual([])
  expect(Object.keys(warning ?? {}).toSorted()).toEqual(['level', 'msg', 'reqId', 'roomId', 'time'])
  expect(warning).toMatchObject({ roomId, reqId: expect.stringMatching(/^[0-9a-f-]{36}$/) })
})

async function mismatches(): Promise<number> {
  const { values } = await harness.ctx.metrics.digestMismatches.get()
  return values[0]?.value ?? 0
}

function warnings(): Record<string, unknown>[] {
  return harness.log.lines().filter((line) => line['level'] === 'warn' && 'roomId' in line)
}

async function page(query: Record<string, string>) {
  return alice.call(listMessages, { params: { roomId }, query })
}

async function since(after: number, run: { from?: string; to?: string }): Promise<RoomChanges> {
  return alice.call(listChanges, { params: { roomId }, query: { after: String(after), ...run } })
}

async function digest(run: { from: string; to: string }): Promise<string | undefined> {
  const changes = await since(0, run)
  return changes.reset ? undefined : changes.runDigest?.sha256
}
