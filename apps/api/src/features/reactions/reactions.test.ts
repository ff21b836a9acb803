import { createHash } from 'node:crypto'
import {
  listChanges,
  listMessages,
  MESSAGE_MAX_CODE_POINTS,
  postMessage,
  type Reaction,
} from '@conclave/shared/messages'
import { agrees } from '@conclave/shared/messages.compare'
import { createDigestOf } from '@conclave/shared/messages.digest'
import { blockPerson } from '@conclave/shared/admin'
import {
  listReactions,
  REACTION_LIST_MAX,
  REACTION_NAMES_MAX,
  REACTION_PEOPLE_MAX,
  REACTIONS_MAX,
  setReaction,
  withReaction,
} from '@conclave/shared/reactions'
import { LIST_ANSWER_MAX_BYTES } from '@conclave/shared/paging'
import { removeMember } from '@conclave/shared/members'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { publishedToRoom } from '../../../test/data-envelopes.ts'
import { arrive, type Colleague, refusal, withoutInstance } from '../../../test/data-people.ts'
import { NOWHERE, roomOf, say, sayMany } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

const TWENTY = '🍎 🍐 🍊 🍋 🍌 🍉 🍇 🍓 🍈 🍒 🍑 🥭 🍍 🥥 🥝 🍅 🍆 🥑 🥦 🥬'.split(' ')

/** The longest emoji that there are, in bytes. */
const TONES = '🏻 🏼 🏽 🏾 🏿'.split(' ')
const KISSES = TONES.flatMap((hers) => TONES.map((his) => `👩${hers}‍❤️‍💋‍👨${his}`)).slice(
  0,
  REACTIONS_MAX,
)

let harness: Harness
let alice: Colleague
let bob: Colleague
let carol: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two, three, four] = await arrive(harness, ['alice', 'bob', 'carol', 'mallory'])
  alice = one!
  bob = two!
  carol = three!
  mallory = four!
})
afterAll(async () => harness.close())

/** A message of Alice's in a room of hers and Bob's. */
async function said(text = 'Shall we?') {
  const room = await roomOf(alice, 'closed', [bob])
  const message = await say(alice, room.id, text)
  return { room, message, at: { roomId: room.id, messageId: message.id } }
}

type At = { roomId: string; messageId: string }

async function react(who: Colleague, params: At, emoji = '👍', reacted = true) {
  return who.call(setReaction, { params, body: { emoji, reacted } })
}

test('alice gets bob’s reaction from a page, an event and a catch-up, and both have the same digest', async () => {
  const { room, message, at } = await said()
  const after = await react(bob, at)
  expect(after.reactions).toEqual([{ emoji: '👍', count: 1, people: [bob.id] }])
  const now = { ...message, ...after }
  const page = await alice.call(listMessages, { params: at, query: {} })
  expect(page.messages).toEqual([now])
  const told = (await publishedToRoom(harness, room.id)).at(-1)
  expect(told).toMatchObject({ type: 'message.changed', rev: after.rev, data: now })
  const query = { after: String(message.rev), from: '1', to: '1' }
  const changes = await alice.call(listChanges, { params: at, query })
  expect(changes).toMatchObject({ reset: false, messages: [now], members: [] })
  const digestOf = createDigestOf(
    async (data) => new Uint8Array(createHash('sha256').update(data).digest()),
  )
  expect(await agrees(page, changes, digestOf)).toBe(true)
})

test('a person has one of each emoji: repeats are stored and published once, in any order', async () => {
  const { room, message, at } = await said()
  const answers = await Promise.all(Array.from({ length: 10 }, async () => react(bob, at)))
  expect(new Set(answers.map(({ rev }) => rev)).size).toBe(1)
  await react(bob, at, '🎉')
  await react(alice, at)
  const told = (await publishedToRoom(harness, room.id)).filter(({ rev }) => rev > message.rev)
  expect(told).toHaveLength(3)
  expect((await react(bob, at)).reactions).toEqual([
    { emoji: '👍', count: 2, people: [bob.id, alice.id] },
    { emoji: '🎉', count: 1, people: [bob.id] },
  ])
  await react(bob, at, '👍', false)
  await react(bob, at, '🎉', false)
  expect(await react(bob, at, '🎉', false)).toMatchObject({
    reactions: [{ emoji: '👍', count: 1, people: [alice.id] }],
  })
  expect(
    (await publishedToRoom(harness, room.id)).filter(({ rev }) => rev > message.rev),
  ).toHaveLength(5)
})

test('a message without reactions any more equals one that never had any', async () => {
  const { message, at } = await said()
  await react(bob, at)
  const { rev, reactions } = await react(bob, at, '👍', false)
  expect(reactions).toEqual([])
  const { messages } = await alice.call(listMessages, { params: at, query: {} })
  expect(messages).toEqual([{ ...message, rev }])
})

test('what the api stores is what the web shows at once, also when somebody takes back the first of several', async () => {
  const { at } = await said()
  let shown: Reaction[] = []
  const everyone = [alice, bob]
  const steps: (readonly [who: Colleague, emoji: string, reacted: boolean])[] = [
    ...['👍', '❤️', '🎉'].flatMap((emoji) => everyone.map((who) => [who, emoji, true] as const)),
    [alice, '👍', false],
    [alice, '❤️', false],
    [bob, '❤️', false],
    [alice, '👍', true],
    [bob, '❤️', true],
    [bob, '🎉', false],
    [alice, '🎉', false],
  ]
  for (const [who, emoji, reacted] of steps) {
    shown = withReaction(shown, { emoji, reacted }, who.id)
    expect((await react(who, at, emoji, reacted)).reactions).toEqual(shown)
  }
  expect(shown.map(({ emoji, people }) => [emoji, people])).toEqual([
    ['👍', [bob.id, alice.id]],
    ['❤️', [bob.id]],
  ])
})

test('simultaneous reactions are counted right', async () => {
  const { at } = await said()
  const wishes = [alice, bob].flatMap((who) => TWENTY.map((emoji) => ({ who, emoji })))
  await Promise.all(wishes.map(async ({ who, emoji }) => react(who, at, emoji)))
  await Promise.all(
    TWENTY.map(async (emoji, nth) => react(nth % 2 ? alice : bob, at, emoji, false)),
  )
  const { reactions } = await alice.call(listReactions, { params: at })
  expect(reactions).toHaveLength(TWENTY.length)
  for (const { emoji, count, people, mine } of reactions) {
    const isAlices = TWENTY.indexOf(emoji) % 2 === 0
    expect([count, people, mine]).toEqual([1, [isAlices ? alice.id : bob.id], isAlices])
  }
})

test('a message has a limited number of different emoji, but everybody may use each of these', async () => {
  const { at } = await said()
  expect(TWENTY).toHaveLength(REACTIONS_MAX)
  for (const emoji of TWENTY) await react(bob, at, emoji)
  expect(await refusal(react(alice, at, '👍'))).toBe('too-many-reactions')
  expect((await react(alice, at, TWENTY[0])).reactions[0]).toMatchObject({ count: 2 })
  await react(bob, at, TWENTY[1], false)
  expect((await react(alice, at, '👍')).reactions.at(-1)).toMatchObject({ emoji: '👍' })
})

test('for very many people the message names the first, the list some more, and both count all', async () => {
  const { room, at } = await said()
  const crowd = await fillWithReactions(at, 130)
  const listed = await alice.call(listReactions, { params: at })
  expect(listed.reactions).toEqual([
    { emoji: '👍', count: 130, people: crowd.slice(0, REACTION_LIST_MAX), mine: false },
  ])
  const joined = await react(bob, at)
  const first = crowd.slice(0, REACTION_PEOPLE_MAX)
  expect(joined.reactions).toEqual([{ emoji: '👍', count: 131, people: first }])
  expect((await bob.call(listReactions, { params: at })).reactions[0]).toMatchObject({ mine: true })
  const event = (await publishedToRoom(harness, room.id)).at(-1)
  expect(JSON.stringify(event).length).toBeLessThan(1_200)
})

test('a page of messages full of reactions stays within the limit of an answer', async () => {
  const room = await roomOf(alice, 'closed')
  await sayMany(alice, room.id, 60)
  const people = Array.from({ length: REACTION_PEOPLE_MAX }, () => v7())
  const full = TWENTY.map((emoji) => ({ count: 9_999, emoji, people }))
  await harness.sql`
    update messages set reactions = ${JSON.stringify(full)}::text::json where room_id = ${room.id}`
  const path = `/v1/rooms/${room.id}/messages?limit=60`
  const { text } = await alice.send('GET', path)
  expect(Buffer.byteLength(text)).toBeLessThan(LIST_ANSWER_MAX_BYTES)
  expect(JSON.parse(text)).toMatchObject({ reachesStart: false, reachesEnd: true })
  await harness.sql`update messages set reactions = null where room_id = ${room.id}`
})

test('with as many emoji and people as there can be, a message of some length is published whole', async () => {
  const { room, at } = await said('x'.repeat(2_500))
  await fillWithReactions(at, 12, { emoji: KISSES })
  const { reactions } = await react(bob, at, KISSES[3])
  expect(reactions.map(({ count, people }) => [count, people.length])).toEqual(
    KISSES.map((emoji) => [emoji === KISSES[3] ? 13 : 12, 3]),
  )
  const { messages } = await alice.call(listMessages, { params: at, query: {} })
  const event = (await publishedToRoom(harness, room.id)).at(-1)
  expect(event).toMatchObject({ type: 'message.changed', data: messages[0] })
})

test('with the longest text it is published as its revision, and readers fetch it', async () => {
  const { room, message, at } = await said('x'.repeat(MESSAGE_MAX_CODE_POINTS))
  const { rev } = await react(bob, at)
  const event = (await publishedToRoom(harness, room.id)).at(-1)
  expect(event).toMatchObject({ type: 'changed', rev, data: null })
  const changes = await bob.call(listChanges, { params: at, query: { after: String(rev - 1) } })
  expect(changes).toMatchObject({ messages: [{ id: message.id, reactions: [{ emoji: '👍' }] }] })
})

test('the more emoji a message has, the fewer people of each it names, and again more once one is gone', async () => {
  const { at } = await said()
  const seven = TWENTY.slice(0, 7)
  await fillWithReactions(at, 10, { emoji: seven })
  const named = async (emoji: string, reacted: boolean) =>
    (await react(bob, at, emoji, reacted)).reactions.map(({ people }) => people.length)
  expect(await named('👍', true)).toEqual([...seven.map(() => 7), 1])
  expect(await named('👍', false)).toEqual(seven.map(() => 8))
})

test('when somebody who is named takes their reaction back, the next is named', async () => {
  const { at } = await said()
  await react(bob, at)
  const [, ...others] = await fillWithReactions(at, 12, { when: 'after' })
  const { reactions } = await react(bob, at, '👍', false)
  expect(reactions).toEqual([
    { emoji: '👍', count: 12, people: others.slice(0, REACTION_PEOPLE_MAX) },
  ])
})

test('people who are taken out or blocked later stay counted, as their messages stay', async () => {
  const room = await roomOf(alice, 'closed', [carol])
  const at = { roomId: room.id, messageId: (await say(alice, room.id, 'Shall we?')).id }
  await react(carol, at)
  const params = { roomId: room.id, personId: carol.id }
  await alice.call(removeMember, { params, query: {} })
  expect(await refusal(react(carol, at, '👍', false))).toBe('room-not-found')
  await alice.call(blockPerson, { params: { personId: carol.id }, body: {} })
  expect((await react(alice, at)).reactions).toEqual([
    { emoji: '👍', count: 2, people: [carol.id, alice.id] },
  ])
})

test('in an archived room reactions do not change, and a request for the current state succeeds', async () => {
  const { room, at } = await said()
  await react(bob, at)
  await harness.sql`update rooms set archived_at = now() where id = ${room.id}`
  expect(await refusal(react(alice, at))).toBe('room-archived')
  expect(await refusal(react(bob, at, '👍', false))).toBe('room-archived')
  expect((await react(bob, at)).reactions).toEqual([{ emoji: '👍', count: 1, people: [bob.id] }])
  expect((await alice.call(listReactions, { params: at })).reactions).toHaveLength(1)
})

test.each(['👍', '❤️', '👍🏽', '🏳️‍🌈', '🇩🇪', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', '1️⃣', '👩🏻‍❤️‍💋‍👩🏿'])(
  '%s is an emoji, and is kept as it is',
  async (emoji) => {
    const { at } = await said()
    await react(bob, at, emoji)
    const { reactions } = await alice.call(listReactions, { params: at })
    expect(reactions).toEqual([{ emoji, count: 1, people: [bob.id], mine: false }])
  },
)

test.each([
  ['a letter', 'a'],
  ['a word', ':thumbsup:'],
  ['two', '👍👍'],
  ['one with a space', '👍 '],
  ['one with a line', '👍\n'],
  ['a heart as text', '❤'],
  ['one with a style it has already', '👍\ufe0f'],
  ['one with a joiner', '👍\u200d'],
  ['one in another direction', '\u202e👍'],
  ['a digit', '1'],
  ['half a flag', '🇩'],
  ['a skin tone alone is one; with a letter it is none', 'a🏽'],
  ['half a character', '\ud83d'],
  ['a NUL', '\u0000'],
  ['nothing', ''],
  ['markup', '<b>👍</b>'],
  ['an object', { emoji: '👍' }],
  ['a family of twenty', '👨‍'.repeat(20)],
])('%s is no emoji', async (_, emoji) => {
  const { at } = await said()
  const path = `/v1/rooms/${at.roomId}/messages/${at.messageId}/reactions`
  const { status, text } = await bob.send('PUT', path, { emoji, reacted: true })
  expect(status).toBe(400)
  expect(JSON.parse(text)).toMatchObject({ errors: [{ pointer: '/body/emoji' }] })
  expect((await alice.call(listReactions, { params: at })).reactions).toEqual([])
})

test('a message of another room and one that does not exist are not found', async () => {
  const [here, there] = [await said('Here'), await said('There')]
  for (const messageId of [there.message.id, NOWHERE]) {
    const at = { roomId: here.room.id, messageId }
    expect(await refusal(react(bob, at))).toBe('message-not-found')
    expect(await refusal(bob.call(listReactions, { params: at }))).toBe('message-not-found')
  }
  expect((await react(bob, here.at)).reactions).toHaveLength(1)
})

test('the same id in two rooms is two messages, each with its own reactions', async () => {
  const { message, at } = await said()
  const other = await roomOf(alice, 'closed', [bob])
  const body = { id: message.id, text: 'The twin' }
  await alice.call(postMessage, { params: { roomId: other.id }, body })
  await react(bob, at)
  const twin = { roomId: other.id, messageId: message.id }
  expect((await alice.call(listReactions, { params: twin })).reactions).toEqual([])
})

test('to mallory, outside, there is neither the room nor the message', async () => {
  const { at } = await said('Secret')
  await react(bob, at)
  const wish = { emoji: '👍', reacted: true }
  for (const [method, body] of [['GET'], ['PUT', wish]] as const) {
    const texts = await Promise.all(
      [at, { ...at, messageId: NOWHERE }, { ...at, roomId: NOWHERE }].map(
        async ({ roomId, messageId }) => {
          const path = `/v1/rooms/${roomId}/messages/${messageId}/reactions`
          const { status, text } = await mallory.send(method, path, body)
          expect(status).toBe(404)
          return withoutInstance(text)
        },
      ),
    )
    expect(new Set(texts).size).toBe(1)
    expect(texts[0]).toContain('room-not-found')
  }
  expect((await bob.call(listReactions, { params: at })).reactions).toHaveLength(1)
})

test('after all of this, every message shows exactly the stored reactions', async () => {
  const untrue = await harness.sql`
    with stored as (
      select room_id, message_id, emoji, count(*) as count,
        to_jsonb((array_agg(person_id order by rev))[1:least(
          ${REACTION_PEOPLE_MAX}::int,
          ${REACTION_NAMES_MAX}::int / (count(*) over (partition by room_id, message_id))::int
        )]) as people
      from reactions group by room_id, message_id, emoji
    ),
    shown as (
      select m.room_id, m.id as message_id, one.emoji, one.count, one.people
      from messages m, json_to_recordset(m.reactions) as one (emoji text, count bigint, people jsonb)
    )
    (table stored except table shown) union all (table shown except table stored)`
  expect(untrue).toEqual([])
})

/** People who reacted one after the other, before or after whoever did; written past the api: the tenant has not as many. */
async function fillWithReactions(
  { roomId, messageId }: At,
  count: number,
  {
    when = 'before',
    emoji = ['👍'],
  }: { when?: 'before' | 'after'; emoji?: readonly string[] } = {},
): Promise<string[]> {
  const from = when === 'before' ? -1_000 : 1_000
  await harness.sql`
    with crowd as (
      insert into people (auth0_sub, name, email, email_verified, role)
      select 'test|' || ${messageId}::text || nth, 'One of many', nth || '@example.com', true, 'member'
      from generate_series(1, ${count}) nth returning id
    )
    insert into reactions (room_id, message_id, emoji, person_id, rev)
    select ${roomId}, ${messageId}, emoji, id, row_number() over () + ${from}
    from crowd, unnest(${emoji}::text[]) emoji`
  const rows = await harness.sql<{ id: string }[]>`
    select person_id as id from reactions
    where room_id = ${roomId} and message_id = ${messageId} and emoji = ${emoji[0]!} order by rev`
  const ids = rows.map(({ id }) => id)
  const people = ids.slice(0, REACTION_PEOPLE_MAX)
  const reactions = emoji.map((one) => ({ count: ids.length, emoji: one, people }))
  await harness.sql`
    update messages set reactions = ${JSON.stringify(reactions)}::text::json
    where room_id = ${roomId} and id = ${messageId}`
  return ids
}
