import { blockPerson, updatePersonRole } from '@conclave/shared/admin'
import { removeMember, updateMember } from '@conclave/shared/members'
import { countOnline } from '@conclave/shared/members.online'
import { MENTIONS_MAX } from '@conclave/shared/mentions'
import { listMessages, postMessage } from '@conclave/shared/messages'
import { getRoom } from '@conclave/shared/rooms'
import { openDirect } from '@conclave/shared/rooms.create'
import { updateRoomSettings } from '@conclave/shared/rooms.settings'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedToRoom } from '../../../test/data-envelopes.ts'
import { arrive, type Colleague, newcomer, refusal } from '../../../test/data-people.ts'
import { NOWHERE, roomOf, say } from '../../../test/data-rooms.ts'
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
afterAll(async () => harness.close())

test('C13: a message has the members whom its text mentions, in the order of their ids, and names them', async () => {
  const room = await roomOf(alice, 'closed', [bob, carol])
  const text = `<@${carol.id}>, <@${bob.id}> and <@${carol.id}> again`
  const message = await say(alice, room.id, text)
  expect(message).toMatchObject({ text, mentions: [bob.id, carol.id].toSorted() })
  expect(message.notifies).toBeUndefined()
  const page = await bob.call(listMessages, { params: { roomId: room.id }, query: {} })
  const names = page.named?.people.map(({ name }) => name).toSorted()
  expect(names).toEqual(['Alice', 'Bob', 'Carol'])
})

test('C13: an outsider, nobody at all and the author are only text, and nobody is told of them', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const text = `<@${mallory.id}> <@${NOWHERE}> <@${alice.id}>`
  const message = await say(alice, room.id, text)
  expect(message).not.toHaveProperty('mentions')
  expect(message.text).toBe(text)
  const told = (await publishedToRoom(harness, room.id)).at(-1)
  expect(told?.data).not.toHaveProperty('mentions')
  expect(await mentionsOf(room.id)).toEqual([])
  // The twin: the same text mentions whoever is a member.
  expect((await say(alice, room.id, `${text} <@${bob.id}>`)).mentions).toEqual([bob.id])
  expect(await mentionsOf(room.id)).toEqual([{ personId: bob.id, seq: 2 }])
})

test('C13: who has left is mentioned in what was said before and not in what is said after', async () => {
  const room = await roomOf(alice, 'closed', [bob, carol])
  const before = await say(alice, room.id, `<@${bob.id}> stays`)
  await bob.call(removeMember, { params: { roomId: room.id, personId: bob.id } })
  const after = await say(alice, room.id, `<@${bob.id}> has left, <@${carol.id}>`)
  expect(after.mentions).toEqual([carol.id])
  const at = { params: { roomId: room.id }, query: {} }
  const { messages, named } = await carol.call(listMessages, at)
  expect(messages.map(({ line, mentions }) => mentions ?? line)).toEqual([
    [bob.id],
    { kind: 'left' },
    [carol.id],
  ])
  expect(messages[0]).toEqual(before)
  expect(named?.people.map(({ id }) => id)).toContain(bob.id)
  expect(await refusal(bob.call(listMessages, at))).toBe('room-not-found')
})

test('C13: mentioning a member whose access was removed gives them nothing', async () => {
  const dave = await newcomer(harness)
  const room = await roomOf(alice, 'closed', [dave])
  await alice.call(blockPerson, { params: { personId: dave.id }, body: {} })
  await say(alice, room.id, `<@${dave.id}>`)
  const at = { params: { roomId: room.id }, query: {} }
  expect(await refusal(dave.call(listMessages, at))).toBe('access-removed')
  const { named } = await alice.call(listMessages, at)
  expect(named?.people.find(({ id }) => id === dave.id)).toMatchObject({ active: false })
})

test('C13: a message mentions twenty people and not one more; the same one any number of times', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const many = Array.from({ length: MENTIONS_MAX }, () => `<@${v7()}>`).join('')
  expect(await refusal(say(alice, room.id, `${many}<@${bob.id}>`))).toBe('too-many-mentions')
  expect((await say(alice, room.id, `<@${bob.id}>`.repeat(100))).mentions).toEqual([bob.id])
  expect(await say(alice, room.id, many)).toMatchObject({ seq: 2, text: many })
})

test.each([
  ['with more in it', (id: string) => `<@${id}x>`],
  ['with a space', (id: string) => `<@ ${id}>`],
  ['in code', (id: string) => `\`<@${id}> <!room>\`\n\`\`\`\n<@${id}>\n\`\`\``],
  ['that is not closed', (id: string) => `<@${id}`],
  ['of nobody', () => '<@>'],
  ['of nobody by ten thousand signs', () => '<@'.repeat(5_000)],
  ['of another kind of group', () => '<!everyone> <!rooms>'],
])('C13: what only looks like a mention is text: one %s', async (_, written) => {
  const room = await roomOf(alice, 'closed', [bob])
  const text = written(bob.id)
  const message = await say(alice, room.id, text)
  expect(message).toMatchObject({ text })
  expect(message).not.toHaveProperty('mentions')
  expect(message).not.toHaveProperty('notifies')
})

test('C14: everybody is notified with @room, and with @here, of which @room is the wider', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  expect(await say(bob, room.id, '<!room> hello')).toMatchObject({ notifies: 'room' })
  expect(await say(bob, room.id, '<!here> hello')).toMatchObject({ notifies: 'here' })
  expect(await say(bob, room.id, '<!here> <!room>')).toMatchObject({ notifies: 'room' })
})

test('C14: where only moderators may, a member is refused, and everybody else and every other message is not', async () => {
  const room = await roomOf(carol, 'closed', [bob, alice])
  const at = { params: { roomId: room.id } }
  await carol.call(updateRoomSettings, { ...at, body: { notifyAll: 'moderators' } })
  for (const text of ['<!room>', 'who is <!here>']) {
    expect(await refusal(say(bob, room.id, text))).toBe('not-allowed')
  }
  expect(await say(bob, room.id, `<@${carol.id}>`)).toMatchObject({ seq: 1 })
  expect(await say(carol, room.id, '<!room>')).toMatchObject({ notifies: 'room' })
  await carol.call(updateMember, {
    params: { ...at.params, personId: bob.id },
    body: { role: 'moderator' },
  })
  expect(await say(bob, room.id, '<!room>')).toMatchObject({ seq: 3, notifies: 'room' })
  // Alice owns the workspace, and so has the rights of an owner wherever she is a member.
  expect(await say(alice, room.id, '<!here>')).toMatchObject({ seq: 4, notifies: 'here' })
})

test('C14: an admin of the workspace is asked at the moment of posting, not of signing in', async () => {
  const dave = await newcomer(harness)
  const room = await roomOf(carol, 'closed', [dave])
  const at = { params: { roomId: room.id } }
  await carol.call(updateRoomSettings, { ...at, body: { notifyAll: 'moderators' } })
  const to = { params: { personId: dave.id } }
  await alice.call(updatePersonRole, { ...to, body: { role: 'admin' } })
  expect(await say(dave, room.id, '<!room>')).toMatchObject({ seq: 1 })
  await alice.call(updatePersonRole, { ...to, body: { role: 'member' } })
  expect(await refusal(say(dave, room.id, '<!room>'))).toBe('not-allowed')
})

test('C14: a message that was posted before is answered again after members may not any more', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const at = { params: { roomId: room.id } }
  const body = { id: v7(), text: '<!room> lunch' }
  const first = await bob.call(postMessage, { ...at, body })
  await alice.call(updateRoomSettings, { ...at, body: { notifyAll: 'moderators' } })
  expect(await bob.call(postMessage, { ...at, body })).toEqual(first)
  expect(await refusal(say(bob, room.id, body.text))).toBe('not-allowed')
})

test('C14: who may notify everybody is set by owners and moderators, told to all once, and never for direct rooms', async () => {
  const room = await roomOf(alice, 'closed', [bob, carol])
  const at = { params: { roomId: room.id } }
  expect(room.notifyAll).toBe('members')
  const body = { notifyAll: 'moderators' } as const
  expect(await refusal(bob.call(updateRoomSettings, { ...at, body }))).toBe('not-allowed')
  await alice.call(updateMember, {
    params: { ...at.params, personId: bob.id },
    body: { role: 'moderator' },
  })
  expect(await bob.call(updateRoomSettings, { ...at, body })).toEqual(body)
  expect(await bob.call(updateRoomSettings, { ...at, body })).toEqual(body)
  expect(await carol.call(getRoom, at)).toMatchObject(body)
  const told = await publishedToRoom(harness, room.id)
  expect(told.filter(({ type }) => type === 'room.updated')).toMatchObject([{ data: body }])
  const direct = await alice.call(openDirect, { body: { people: [bob.id] } })
  const ofDirect = { params: { roomId: direct.id }, body }
  expect(await refusal(alice.call(updateRoomSettings, ofDirect))).toBe('not-allowed')
})

test('C14: a member learns how many others are online; who has left, is blocked or outside is not counted', async () => {
  const [dave, erin] = [await newcomer(harness), await newcomer(harness)]
  const room = await roomOf(alice, 'closed', [bob, carol, dave, erin])
  const at = { params: { roomId: room.id } }
  expect(await alice.call(countOnline, at)).toEqual({ online: 0 })
  const online = [alice, bob, dave, erin, mallory].map(({ id }) => id)
  await harness.sql`
    insert into presence (person_id, online, shown_online)
    select id, true, true from unnest(${online}::uuid[]) as given (id)
    on conflict (person_id) do update set online = true, shown_online = true`
  expect(await alice.call(countOnline, at)).toEqual({ online: 3 })
  expect(await carol.call(countOnline, at)).toEqual({ online: 4 })
  await dave.call(removeMember, { params: { ...at.params, personId: dave.id } })
  await alice.call(blockPerson, { params: { personId: erin.id }, body: {} })
  expect(await carol.call(countOnline, at)).toEqual({ online: 2 })
  expect(await refusal(mallory.call(countOnline, at))).toBe('room-not-found')
})

async function mentionsOf(roomId: string) {
  return harness.sql`
    select person_id as "personId", seq from mentions where room_id = ${roomId} order by seq`
}
