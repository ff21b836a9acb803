import type { Query } from '@conclave/shared/contract'
import { listMembers } from '@conclave/shared/members'
import { listChanges, listMessages, type MessagePage } from '@conclave/shared/messages'
import { catchUpMessages } from '@conclave/shared/messages.fold'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arrive, type Colleague, refusal } from '../../../test/data-people.ts'
import { roomOf, say, sayMany } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

let harness: Harness
let alice: Colleague
let bob: Colleague
let roomId: string

beforeAll(async () => {
  harness = await startHarness()
  const [one, two] = await arrive(harness, ['alice', 'bob'])
  alice = one!
  bob = two!
  roomId = (await roomOf(alice, 'closed')).id
  await sayMany(alice, roomId, 120)
})
afterAll(async () => harness.close())

test('without an anchor the latest page is returned', async () => {
  expect(shape(await page({}))).toEqual({ seqs: [71, 120], start: false, end: true })
})

test('pages lead to the start and to the end', async () => {
  expect(shape(await page({ before: '71' }))).toEqual({ seqs: [21, 70], start: false, end: false })
  expect(shape(await page({ before: '21' }))).toEqual({ seqs: [1, 20], start: true, end: false })
  expect(shape(await page({ after: '0' }))).toEqual({ seqs: [1, 50], start: true, end: false })
  expect(shape(await page({ after: '70' }))).toEqual({ seqs: [71, 120], start: false, end: true })
})

test('a page around a message has it in the middle', async () => {
  const around = await page({ around: '60', limit: '11' })
  expect(shape(around)).toEqual({ seqs: [55, 65], start: false, end: false })
  expect(shape(await page({ around: '2', limit: '11' })).seqs).toEqual([1, 7])
})

test('beyond either end there is nothing', async () => {
  expect(shape(await page({ before: '1' }))).toEqual({ seqs: [], start: true, end: false })
  expect(shape(await page({ after: '120' }))).toEqual({ seqs: [], start: false, end: true })
  expect(shape(await page({ after: '999999999999999' })).seqs).toEqual([])
  expect(shape(await page({ before: '999999999999999' })).seqs).toEqual([71, 120])
})

test('a page has one anchor and a sensible size', async () => {
  const path = `/v1/rooms/${roomId}/messages`
  const both = await alice.send('GET', `${path}?before=5&after=3`)
  expect(both.status).toBe(400)
  expect(JSON.parse(both.text)).toMatchObject({ errors: [{ pointer: '/querystring/after' }] })
  for (const bad of ['limit=0', 'limit=101', 'before=-1', 'before=1e9', 'after=NaN', 'x=1']) {
    expect((await alice.send('GET', `${path}?${bad}`)).status).toBe(400)
  }
  expect((await alice.send('GET', `${path}?before=5&limit=100`)).status).toBe(200)
})

test('a page and what changed since equal what is fetched', async () => {
  const room = await roomOf(alice, 'closed')
  await say(alice, room.id, 'before')
  const at = { params: { roomId: room.id } }
  const old = await alice.call(listMessages, { ...at, query: {} })
  await say(alice, room.id, 'missed')
  const changes = await alice.call(listChanges, { ...at, query: { after: String(old.rev) } })
  expect(catchUpMessages(old, changes)).toEqual(
    await alice.call(listMessages, { ...at, query: {} }),
  )
})

test('a new member is among the changes, as in the members list', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const at = { params: { roomId: room.id } }
  const changes = await alice.call(listChanges, { ...at, query: { after: '0' } })
  const { members, named } = await alice.call(listMembers, at)
  expect(changes).toEqual({
    reset: false,
    rev: 1,
    lastSeq: 0,
    messages: [],
    left: [],
    members: members.filter(({ personId }) => personId === bob.id),
    named: { ...named, people: named?.people.filter(({ id }) => id === bob.id) },
  })
})

test('nothing changed since now', async () => {
  const changes = await alice.call(listChanges, { params: { roomId }, query: { after: '120' } })
  expect(changes).toEqual({
    reset: false,
    rev: 120,
    lastSeq: 120,
    messages: [],
    members: [],
    left: [],
  })
})

test('after too many changes, or for a revision that never existed, the answer is reset', async () => {
  const { id } = await roomOf(alice, 'closed')
  await sayMany(alice, id, 20)
  const since = async (after: string) =>
    alice.call(listChanges, { params: { roomId: id }, query: { after } })
  expect(await since('21')).toEqual({ reset: true, rev: 20 })
  await harness.sql`update rooms set rev = rev + 500 where id = ${id}`
  expect(await since('19')).toEqual({ reset: true, rev: 520 })
  expect(await since('20')).toMatchObject({ reset: false, rev: 520 })
})

describe('messages too long for one page', () => {
  let heavy: string
  // A control character is six bytes on the wire, so six of these fill a page, and eight what changes may weigh.
  const LONG = `!${'\u0001'.repeat(4_999)}`

  beforeAll(async () => {
    heavy = (await roomOf(alice, 'closed')).id
    for (let nth = 1; nth <= 13; nth += 1) await say(alice, heavy, LONG)
  })

  const heavyPage = async (query: Query<typeof listMessages>) =>
    shape(await alice.call(listMessages, { params: { roomId: heavy }, query }))

  const heavySince = async (after: string) =>
    alice.call(listChanges, { params: { roomId: heavy }, query: { after } })

  test('come in smaller pages, next to the anchor', async () => {
    expect(await heavyPage({})).toEqual({ seqs: [8, 13], start: false, end: true })
    expect(await heavyPage({ before: '8' })).toEqual({ seqs: [2, 7], start: false, end: false })
    expect(await heavyPage({ before: '2' })).toEqual({ seqs: [1, 1], start: true, end: false })
    expect(await heavyPage({ after: '0' })).toEqual({ seqs: [1, 6], start: true, end: false })
    expect(await heavyPage({ after: '7' })).toEqual({ seqs: [8, 13], start: false, end: true })
    expect(await heavyPage({ around: '7' })).toEqual({ seqs: [4, 9], start: false, end: false })
  })

  test('are caught up with by a page, and few of them one by one', async () => {
    expect(await heavySince('0')).toEqual({ reset: true, rev: 13 })
    expect(await heavySince('6')).toMatchObject({ reset: false, rev: 13, lastSeq: 13 })
  })
})

test('bob, outside, reads none of it', async () => {
  const at = { params: { roomId } }
  expect(await refusal(bob.call(listMessages, { ...at, query: {} }))).toBe('room-not-found')
  expect(await refusal(bob.call(listChanges, { ...at, query: { after: '0' } }))).toBe(
    'room-not-found',
  )
})

async function page(query: Record<string, string>): Promise<MessagePage> {
  return alice.call(listMessages, { params: { roomId }, query })
}

function shape({ messages, reachesStart, reachesEnd }: MessagePage) {
  const seqs = messages.map(({ seq }) => seq)
  const first = seqs[0]
  if (first !== undefined) expect(seqs).toEqual(seqs.map((_, index) => first + index))
  return { seqs: seqs.length ? [first, seqs.at(-1)] : [], start: reachesStart, end: reachesEnd }
}
