import { addMember, removeMember } from '@conclave/shared/members'
import { listMessages, type Message, postMessage } from '@conclave/shared/messages'
import { setReaction } from '@conclave/shared/reactions'
import { getRoom } from '@conclave/shared/rooms'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedToRoom } from '../../../test/data-envelopes.ts'
import { arrive, type Colleague, newcomer, refusal } from '../../../test/data-people.ts'
import { edit, GENERAL, remove, roomOf, say } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

let harness: Harness
let alice: Colleague
let bob: Colleague
let carol: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two, three] = await arrive(harness, ['alice', 'bob', 'carol'])
  alice = one!
  bob = two!
  carol = three!
})
afterAll(async () => harness.close())

async function messagesOf(roomId: string): Promise<Message[]> {
  return (await alice.call(listMessages, { params: { roomId }, query: {} })).messages
}

/** An open room of Alice's in which something was said, and in which Bob is. */
async function anOpenRoom(): Promise<string> {
  const { id } = await roomOf(alice, 'open', [bob])
  await say(alice, id, 'Welcome')
  return id
}

test('C22: a room says who joined, left, was added and was taken out, in the order of its messages', async () => {
  const roomId = await anOpenRoom()
  const params = { roomId }
  await carol.call(addMember, { params, body: { personId: carol.id } })
  await carol.call(removeMember, { params: { roomId, personId: carol.id } })
  await bob.call(addMember, { params, body: { personId: carol.id } })
  await say(carol, roomId, 'Hello')
  await alice.call(removeMember, { params: { roomId, personId: carol.id } })
  const messages = await messagesOf(roomId)
  expect(messages.map(({ seq, authorId, text, line }) => [seq, authorId, line ?? text])).toEqual([
    [1, alice.id, 'Welcome'],
    [2, carol.id, { kind: 'joined' }],
    [3, carol.id, { kind: 'left' }],
    [4, bob.id, { kind: 'added', personId: carol.id }],
    [5, carol.id, 'Hello'],
    [6, alice.id, { kind: 'taken-out', personId: carol.id }],
  ])
  const told = (await publishedToRoom(harness, roomId)).filter(
    ({ type }) => type === 'message.posted',
  )
  expect(told.map(({ data }) => data)).toEqual(messages)
})

test('C22: who they are is named for those who do not know them, also after they left', async () => {
  const roomId = await anOpenRoom()
  const dave = await newcomer(harness)
  await bob.call(addMember, { params: { roomId }, body: { personId: dave.id } })
  await alice.call(removeMember, { params: { roomId, personId: dave.id } })
  const { named } = await bob.call(listMessages, { params: { roomId }, query: {} })
  const ids = named?.people.map(({ id }) => id)
  expect(ids).toEqual(expect.arrayContaining([alice.id, bob.id, dave.id]))
})

test('C22: nobody has it unread, nobody can react to it, answer, edit or remove it', async () => {
  const roomId = await anOpenRoom()
  await bob.call(addMember, { params: { roomId }, body: { personId: carol.id } })
  expect(await carol.call(getRoom, { params: { roomId } })).toMatchObject({ readSeq: 2 })
  const [welcome, line] = (await messagesOf(roomId)) as [Message, Message]
  const react = async ({ id: messageId }: Message) =>
    bob.call(setReaction, {
      params: { roomId, messageId },
      body: { emoji: '👍', reacted: true },
    })
  const answer = async ({ id: replyTo }: Message) =>
    bob.call(postMessage, { params: { roomId }, body: { id: v7(), text: 'Hm', replyTo } })
  expect(await refusal(react(line))).toBe('message-not-found')
  expect(await refusal(answer(line))).toBe('message-not-found')
  expect(await refusal(edit(bob, line, 'Bob added nobody'))).toBe('not-allowed')
  for (const who of [alice, bob]) expect(await refusal(remove(who, line))).toBe('not-allowed')
  await react(welcome)
  await answer(welcome)
  expect((await messagesOf(roomId))[1]).toEqual(line)
})

test('C22: a newcomer to the team joins the rooms of everybody, once something was said there', async () => {
  expect(await messagesOf(GENERAL)).toEqual([])
  await say(alice, GENERAL, 'Good morning')
  const dave = await newcomer(harness)
  expect((await messagesOf(GENERAL)).at(-1)).toMatchObject({
    seq: 2,
    authorId: dave.id,
    text: '',
    line: { kind: 'joined' },
  })
})

test('C22: an act that is refused says nothing', async () => {
  const roomId = await anOpenRoom()
  const params = { roomId, personId: bob.id }
  await bob.call(addMember, { params, body: { personId: alice.id } })
  expect(await refusal(carol.call(removeMember, { params }))).toBe('room-not-found')
  await harness.sql`update rooms set archived_at = now() where id = ${roomId}`
  const joining = carol.call(addMember, { params, body: { personId: carol.id } })
  expect(await refusal(joining)).toBe('not-allowed')
  await harness.sql`update rooms set archived_at = null where id = ${roomId}`
  expect(await messagesOf(roomId)).toHaveLength(1)
})
