import { listAudit } from '@conclave/shared/audit'
import { listVersions } from '@conclave/shared/edits'
import { removeMember, updateMember } from '@conclave/shared/members'
import { listMessages, type Message } from '@conclave/shared/messages'
import { listReactions, setReaction } from '@conclave/shared/reactions'
import { openDirect } from '@conclave/shared/rooms.create'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedToRoom } from '../../../test/data-envelopes.ts'
import { arrive, type Colleague, outcomeOf, refusal } from '../../../test/data-people.ts'
import { edit, NOWHERE, remove, roomOf, say } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

const REGRETTED = 'what I should not have said'

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

/** A message of Bob's in a room of Alice's. */
async function said(text = REGRETTED) {
  const room = await roomOf(alice, 'closed', [bob, carol])
  const message = await say(bob, room.id, text)
  return { room, message, params: { roomId: room.id, messageId: message.id } }
}

async function react({ call }: Colleague, { roomId, id }: Message, reacted = true) {
  const params = { roomId, messageId: id }
  return call(setReaction, { params, body: { emoji: '👍', reacted } })
}

/** Where in the database this text is, by table. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await harness.owner<{ name: string }[]>`
    select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace`
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await harness.owner`
        select 1 from ${harness.owner(name)} t where t::text like ${`%${text}%`} limit 1`
      return row ? [name] : []
    }),
  )
  return found.flat().toSorted()
}

test('C9: what an author removes leaves its place, its time and who wrote it, and nothing else', async () => {
  const { room, message, params } = await said(`${REGRETTED} to <@${carol.id}>`)
  await edit(bob, message, `${REGRETTED}, said better, to <@${carol.id}>`)
  await react(carol, message)
  expect(await tablesWith(REGRETTED)).toEqual(['messages', 'versions'])
  const removed = await remove(bob, message)
  expect(removed).toEqual({
    id: message.id,
    roomId: room.id,
    seq: message.seq,
    rev: message.rev + 3,
    authorId: bob.id,
    createdAt: message.createdAt,
    text: '',
    removed: { at: expect.any(String), by: 'author' },
  })
  expect(await tablesWith(REGRETTED)).toEqual([])
  const { id } = message
  expect(await harness.sql`select from reactions where message_id = ${id}`).toHaveLength(0)
  expect(await harness.sql`select from mentions where room_id = ${room.id}`).toHaveLength(0)
  const { messages } = await carol.call(listMessages, { params: { roomId: room.id }, query: {} })
  expect(messages).toEqual([removed])
  const told = (await publishedToRoom(harness, room.id)).at(-1)
  expect(told).toMatchObject({ type: 'message.changed', rev: removed.rev, data: removed })
  expect(await carol.call(listVersions, { params, query: {} })).toEqual({
    versions: [],
    more: false,
  })
  expect(await carol.call(listReactions, { params })).toMatchObject({ reactions: [] })
})

test('C9: removing it again, or at the same time, changes nothing and is told to nobody', async () => {
  const { room, message } = await said()
  const answers = await Promise.all([bob, bob, alice, bob].map(async (who) => remove(who, message)))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(await remove(bob, message)).toEqual(answers[0])
  const told = await publishedToRoom(harness, room.id)
  expect(told.filter(({ type }) => type === 'message.changed')).toHaveLength(1)
})

test('C8: owners and moderators of a room remove what others wrote, and it says so; others do not', async () => {
  const { room, message } = await said()
  expect(await refusal(remove(carol, message))).toBe('not-allowed')
  expect(await refusal(remove(mallory, message))).toBe('room-not-found')
  const moderating = { params: { roomId: room.id, personId: carol.id } }
  await alice.call(updateMember, { ...moderating, body: { role: 'moderator' } })
  expect(await remove(carol, message)).toMatchObject({
    authorId: bob.id,
    removed: { by: 'moderator' },
  })
  const another = await say(carol, room.id, 'Of the moderator')
  expect(await remove(alice, another)).toMatchObject({ removed: { by: 'moderator' } })
  expect(await remove(carol, await say(carol, room.id, 'Hm'))).toMatchObject({
    removed: { by: 'author' },
  })
})

test('C8: that a moderator removed something is in the audit log, without a word of it', async () => {
  const { room, message } = await said()
  const own = await say(bob, room.id, 'Of no interest')
  await remove(bob, own)
  await remove(alice, message)
  await remove(alice, message)
  const { entries } = await alice.call(listAudit, { query: {} })
  const acts = entries.filter(({ action, target }) => {
    return action === 'message.removed' && target['roomId'] === room.id
  })
  expect(acts).toMatchObject([
    {
      actorId: alice.id,
      target: { roomId: room.id, messageId: message.id, personId: bob.id },
      before: null,
      after: null,
    },
  ])
  expect(JSON.stringify(entries)).not.toContain(REGRETTED)
})

test('C8: in a direct room everybody removes their own only, whoever they are in the workspace', async () => {
  const room = await bob.call(openDirect, { body: { people: [alice.id] } })
  const message = await say(bob, room.id, 'Between us')
  expect(await refusal(remove(alice, message))).toBe('not-allowed')
  expect(await remove(bob, message)).toMatchObject({ removed: { by: 'author' } })
})

test('C9: messages are removed in archived rooms too, and at any age', async () => {
  const { room, message } = await said()
  await harness.sql`update messages set created_at = now() - interval '9 years' where id = ${message.id}`
  await harness.sql`update rooms set archived_at = now() where id = ${room.id}`
  expect(await remove(bob, message)).toMatchObject({ removed: { by: 'author' } })
})

test('C9: what is not there is not removed, and neither is anything by who is not', async () => {
  const { room, message } = await said()
  const elsewhere = await roomOf(bob, 'closed')
  expect(await refusal(remove(bob, { ...message, roomId: elsewhere.id }))).toBe('message-not-found')
  expect(await refusal(remove(bob, { ...message, id: NOWHERE }))).toBe('message-not-found')
  await alice.call(removeMember, { params: { roomId: room.id, personId: bob.id } })
  expect(await refusal(remove(bob, message))).toBe('room-not-found')
  expect(await outcomeOf(remove(alice, message))).toBe('done')
})

test('C9: nothing happens to a removed message any more', async () => {
  const { room, message } = await said()
  await react(carol, message)
  const removed = await remove(bob, message)
  expect(await refusal(react(carol, message))).toBe('message-removed')
  expect(await refusal(edit(bob, message, 'back again'))).toBe('message-removed')
  // What is wished is so already.
  expect(await react(carol, message, false)).toEqual({ rev: removed.rev, reactions: [] })
  const { messages } = await carol.call(listMessages, { params: { roomId: room.id }, query: {} })
  expect(messages).toEqual([removed])
})

test('C9: whatever races with a removal, nothing of the message is left', async () => {
  for (let nth = 0; nth < 8; nth += 1) {
    const { room, message } = await said()
    const outcomes = await Promise.all([
      outcomeOf(react(carol, message)),
      outcomeOf(edit(bob, message, `${REGRETTED}, and <@${carol.id}>`)),
      outcomeOf(remove(nth % 2 ? bob : alice, message)),
      outcomeOf(react(alice, message)),
    ])
    for (const outcome of outcomes) expect(['done', 'message-removed']).toContain(outcome)
    const { messages } = await carol.call(listMessages, { params: { roomId: room.id }, query: {} })
    expect(messages).toMatchObject([{ text: '', removed: { at: expect.any(String) } }])
    expect(messages[0]).not.toHaveProperty('reactions')
  }
  expect(await tablesWith(REGRETTED)).toEqual([])
  const left = await harness.sql`
    select from messages m where m.removed_at is not null and (
      exists (select from reactions where room_id = m.room_id and message_id = m.id)
      or exists (select from versions where room_id = m.room_id and message_id = m.id)
      or exists (select from mentions where room_id = m.room_id and seq = m.seq)
    )`
  expect(left).toHaveLength(0)
})
