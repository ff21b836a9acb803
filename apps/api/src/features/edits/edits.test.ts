import { listVersions } from '@conclave/shared/edits'
import { addMember, removeMember, updateMember } from '@conclave/shared/members'
import { listChanges, listMessages, type Message, postMessage } from '@conclave/shared/messages'
import { openDirect } from '@conclave/shared/rooms.create'
import { updateWorkspace, type WorkspaceSettings } from '@conclave/shared/workspace'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { v7 } from 'uuid'
import { publishedToRoom } from '../../../test/data-envelopes.ts'
import { arrive, type Colleague, outcomeOf, refusal } from '../../../test/data-people.ts'
import { edit, NOWHERE, remove, roomOf, say } from '../../../test/data-rooms.ts'
import { NAUGHTY_TEXTS } from '../../../test/data-texts.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

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
beforeEach(async () => settings({ editWindowMinutes: null, showVersions: true }))
afterAll(async () => harness.close())

/** A message of Bob's in a room of Alice's. */
async function said(text = 'See you at noon') {
  const room = await roomOf(alice, 'closed', [bob, carol])
  const message = await say(bob, room.id, text)
  return { room, message, params: { roomId: room.id, messageId: message.id } }
}

async function settings(body: WorkspaceSettings) {
  return alice.call(updateWorkspace, { body })
}

/** Makes a message, as it is stored, older. */
async function age({ id }: Message, minutes: number): Promise<void> {
  await harness.sql`
    update messages set created_at = created_at - ${minutes}::int * interval '1 minute'
    where id = ${id}`
}

async function textsOf({ roomId, messageId }: { roomId: string; messageId: string }) {
  const { versions } = await carol.call(listVersions, {
    params: { roomId, messageId },
    query: {},
  })
  return versions.map(({ text }) => text)
}

test('C6, C7: an edit is in the page, in its event and in a catch-up, says when, and keeps the rest', async () => {
  const { room, message } = await said()
  const edited = await edit(bob, message, 'See you at one')
  expect(edited).toEqual({
    ...message,
    text: 'See you at one',
    rev: message.rev + 1,
    editedAt: expect.any(String),
  })
  expect(edited.editedAt! > message.createdAt).toBe(true)
  const params = { roomId: room.id }
  const { messages } = await carol.call(listMessages, { params, query: {} })
  expect(messages).toEqual([edited])
  const told = (await publishedToRoom(harness, room.id)).at(-1)
  expect(told).toMatchObject({ type: 'message.changed', rev: edited.rev, data: edited })
  const query = { after: String(message.rev) }
  expect(await carol.call(listChanges, { params, query })).toMatchObject({ messages: [edited] })
})

test('C6: the same text again changes nothing and is told to nobody, also when the window is over', async () => {
  const { room, message } = await said()
  const edited = await edit(bob, message, 'See you at one')
  await settings({ editWindowMinutes: 0, showVersions: true })
  const again = await Promise.all([1, 2, 3].map(async () => edit(bob, message, 'See you at one')))
  expect(again).toEqual([edited, edited, edited])
  const told = await publishedToRoom(harness, room.id)
  expect(told.filter(({ type }) => type === 'message.changed')).toHaveLength(1)
})

test.each<[WorkspaceSettings['editWindowMinutes'], minutes: number, outcome: string]>([
  [null, 1_000_000, 'done'],
  [0, 0, 'edit-window-over'],
  [5, 4, 'done'],
  [5, 6, 'edit-window-over'],
  [60, 59, 'done'],
  [60, 61, 'edit-window-over'],
  [1440, 1439, 'done'],
  [1440, 1441, 'edit-window-over'],
])('C6: with a window of %s minutes, after %i: %s', async (editWindowMinutes, minutes, outcome) => {
  const { message, params } = await said()
  await settings({ editWindowMinutes, showVersions: true })
  await age(message, minutes)
  expect(await outcomeOf(edit(bob, message, 'See you at one'))).toBe(outcome)
  expect(await textsOf(params)).toEqual(outcome === 'done' ? ['See you at noon'] : [])
})

test('C8: nobody edits what somebody else wrote, whatever they are; its author does', async () => {
  const { room, message } = await said()
  const moderating = { params: { roomId: room.id, personId: carol.id } }
  await alice.call(updateMember, { ...moderating, body: { role: 'moderator' } })
  for (const other of [alice, carol])
    expect(await refusal(edit(other, message, 'What bob never said'))).toBe('not-allowed')
  expect(await refusal(edit(mallory, message, 'What bob never said'))).toBe('room-not-found')
  const { messages } = await carol.call(listMessages, { params: { roomId: room.id }, query: {} })
  expect(messages).toEqual([message])
  expect(await edit(bob, message, 'What bob did say')).toMatchObject({ authorId: bob.id })
})

test('C6: what is not there, or not there any more, is not edited', async () => {
  const { room, message } = await said()
  const elsewhere = await roomOf(bob, 'closed')
  expect(await refusal(edit(bob, { ...message, roomId: elsewhere.id }, 'Hm'))).toBe(
    'message-not-found',
  )
  expect(await refusal(edit(bob, { ...message, id: NOWHERE }, 'Hm'))).toBe('message-not-found')
  await harness.sql`update rooms set archived_at = now() where id = ${room.id}`
  expect(await refusal(edit(bob, message, 'Hm'))).toBe('room-archived')
  await harness.sql`update rooms set archived_at = null where id = ${room.id}`
  await remove(bob, message)
  expect(await refusal(edit(bob, message, 'Hm'))).toBe('message-removed')
  expect(await refusal(edit(alice, message, 'Hm'))).toBe('not-allowed')
})

test('C6: who has left, or was taken out, edits nothing there any more', async () => {
  const { room, message } = await said()
  const params = { roomId: room.id, personId: bob.id }
  await alice.call(removeMember, { params })
  expect(await refusal(edit(bob, message, 'Hm'))).toBe('room-not-found')
  await alice.call(addMember, { params: { roomId: room.id }, body: { personId: bob.id } })
  expect(await outcomeOf(edit(bob, message, 'Hm'))).toBe('done')
})

test('C6: a message of a direct room is edited like any other', async () => {
  const room = await bob.call(openDirect, { body: { people: [carol.id] } })
  const message = await say(bob, room.id, 'Between us')
  expect(await edit(bob, message, 'Just between us')).toMatchObject({ text: 'Just between us' })
})

test('C6: texts that break careless software come back as they were sent', async () => {
  const { message, params } = await said()
  const texts = NAUGHTY_TEXTS.filter((text) => text.trim() && /[\p{L}\p{N}\p{S}]/u.test(text))
  expect(texts.length).toBeGreaterThan(15)
  let before = message.text
  for (const text of texts) {
    expect((await edit(bob, message, text)).text).toBe(text)
    expect((await textsOf(params))[0]).toBe(before)
    before = text
  }
})

test('C6: a text that could not be posted is no edit either', async () => {
  const { message } = await said()
  const people = Array.from({ length: 21 }, () => `<@${v7()}>`).join('')
  expect(await refusal(edit(bob, message, people))).toBe('too-many-mentions')
  expect(await refusal(edit(bob, message, '€'.repeat(16_001)))).toBe('message-too-long')
  for (const text of ['', ' ', '\u200b', 'a NUL \u0000', 'half \ud83d'])
    expect(await refusal(edit(bob, message, text))).toBe('invalid-request')
  expect(await outcomeOf(edit(bob, message, '€'.repeat(16_000)))).toBe('done')
})

test('C6: of edits at the same time each is one revision, and the last is shown', async () => {
  const { room, message, params } = await said()
  const texts = Array.from({ length: 8 }, (_, nth) => `Version ${nth}`)
  const answers = await Promise.all(texts.map(async (text) => edit(bob, message, text)))
  const inOrder = answers.toSorted((a, b) => a.rev - b.rev)
  expect(inOrder.map(({ rev }) => rev)).toEqual(texts.map((_, nth) => message.rev + 1 + nth))
  expect(new Set(inOrder.map(({ editedAt }) => editedAt)).size).toBe(texts.length)
  const { messages } = await carol.call(listMessages, { params: { roomId: room.id }, query: {} })
  expect(messages).toEqual([inOrder.at(-1)])
  expect(await textsOf(params)).toEqual([
    ...inOrder
      .slice(0, -1)
      .map(({ text }) => text)
      .toReversed(),
    message.text,
  ])
})

test('C4: a post that is tried again after its message was edited gets the message as it is', async () => {
  const room = await roomOf(bob, 'closed')
  const post = { params: { roomId: room.id }, body: { id: v7(), text: 'See you at noon' } }
  const message = await bob.call(postMessage, post)
  const edited = await edit(bob, message, 'See you at one')
  expect(await bob.call(postMessage, post)).toEqual(edited)
  const removed = await remove(bob, message)
  expect(await bob.call(postMessage, post)).toEqual(removed)
})

test('C7: every earlier text is read by members, newest first, with its time, in pages', async () => {
  const { message, params } = await said('text 1')
  const times = [message.createdAt]
  for (let nth = 2; nth <= 23; nth += 1)
    times.push((await edit(bob, message, `text ${nth}`)).editedAt!)
  const first = await carol.call(listVersions, { params, query: {} })
  const before = String(first.versions.at(-1)!.number)
  const second = await carol.call(listVersions, { params, query: { before } })
  expect([first.more, second.more]).toEqual([true, false])
  expect([...first.versions, ...second.versions]).toEqual(
    times
      .slice(0, -1)
      .map((at, nth) => ({ number: nth + 1, text: `text ${nth + 1}`, at }))
      .toReversed(),
  )
  expect(await refusal(mallory.call(listVersions, { params, query: {} }))).toBe('room-not-found')
})

test('C7: where the workspace keeps no earlier texts, none is stored, and those that were are gone', async () => {
  const { message, params } = await said('first')
  await edit(bob, message, 'second')
  expect(await textsOf(params)).toEqual(['first'])
  await settings({ editWindowMinutes: null, showVersions: false })
  await edit(bob, message, 'third')
  expect(await textsOf(params)).toEqual([])
  expect(await harness.sql`select from versions`).toHaveLength(0)
  await settings({ editWindowMinutes: null, showVersions: true })
  await edit(bob, message, 'fourth')
  expect(await textsOf(params)).toEqual(['third'])
})

test('C7: an edit that is under way while the workspace stops keeping earlier texts leaves none', async () => {
  const { message } = await said('first')
  for (let nth = 0; nth < 5; nth += 1) {
    await Promise.all([
      ...['a', 'b', 'c'].map(async (text) => edit(bob, message, `${text} ${nth}`)),
      settings({ editWindowMinutes: null, showVersions: false }),
    ])
    expect(await harness.sql`select from versions`).toHaveLength(0)
    await settings({ editWindowMinutes: null, showVersions: true })
  }
})

test('C6: an edit mentions whom its text mentions, members only, and not the author', async () => {
  const { room, message } = await said(`Ask <@${carol.id}>`)
  expect(await mentioned(message)).toEqual([carol.id])
  const both = await edit(
    bob,
    message,
    `Ask <@${carol.id}> or <@${alice.id}>, not <@${mallory.id}>`,
  )
  expect(both.mentions).toEqual([alice.id, carol.id].toSorted())
  expect(await mentioned(message)).toEqual([alice.id, carol.id].toSorted())
  expect((await edit(bob, message, `I, <@${bob.id}>, ask <@${alice.id}>`)).mentions).toEqual([
    alice.id,
  ])
  expect(await mentioned(message)).toEqual([alice.id])
  expect(await edit(bob, message, 'Ask nobody')).not.toHaveProperty('mentions')
  expect(await mentioned(message)).toEqual([])
  const { messages } = await carol.call(listMessages, { params: { roomId: room.id }, query: {} })
  expect(messages[0]).not.toHaveProperty('mentions')
})

test.each([
  ['<!room> hello', '<!here> hello', 'here'],
  ['<!room> hello', '<!room> goodbye', 'room'],
  ['<!here> hello', '<!room> hello', 'here'],
  ['<!here> hello', 'hello', undefined],
  ['hello', '<!room> hello', undefined],
])('C14: after “%s”, “%s” notifies %s', async (first, second, notifies) => {
  const { message } = await said(first)
  expect((await edit(bob, message, second)).notifies).toBe(notifies)
})

async function mentioned({ roomId, seq }: Message): Promise<string[]> {
  const rows = await harness.sql<{ personId: string }[]>`
    select person_id as "personId" from mentions where room_id = ${roomId} and seq = ${seq}
    order by person_id`
  return rows.map(({ personId }) => personId)
}
