import { Message } from '@conclave/shared/messages'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, type Colleague } from '../../../test/data-people.ts'
import { NOWHERE, roomOf } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'
import { insertMessages, type PostRow, weightMax } from './messages.store.ts'

const ROUNDS_MAX = 50

let harness: Harness
let alice: Colleague
let bob: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two] = await arrive(harness, ['alice', 'bob'])
  alice = one!
  bob = two!
})
afterAll(async () => harness.close())

test('instances that write the same rooms at once leave no gap and never block each other', async () => {
  const rooms = [await roomOf(alice, 'closed'), await roomOf(alice, 'closed')]
  const batches = Array.from({ length: 40 }, (_, nth) => {
    const [first, second] = nth % 2 ? rooms : rooms.toReversed()
    return [post(first!.id), post(second!.id), post(first!.id)]
  })
  await Promise.all(batches.map(async (batch) => insertMessages(harness.sql, batch)))
  for (const { id } of rooms) {
    const rows = await harness.sql<{ seq: number; rev: number }[]>`
      select seq, rev from messages where room_id = ${id} order by seq`
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1))
    expect(rows.map(({ rev }) => rev)).toEqual(rows.map((_, index) => index + 1))
  }
  const ids = rooms.map(({ id }) => id)
  expect(await harness.sql`select from messages where room_id = any(${ids})`).toHaveLength(120)
})

test('no message weighs more in a page than its estimate, and the heaviest hardly less', async () => {
  const reactions = [{ count: Number.MAX_SAFE_INTEGER, emoji: '👍', people: [NOWHERE] }]
  const SLACK = 10
  for (const text of ['', '\u0001'.repeat(100)]) {
    const heaviest = {
      id: NOWHERE,
      room_id: NOWHERE,
      author_id: NOWHERE,
      seq: Number.MAX_SAFE_INTEGER,
      rev: Number.MAX_SAFE_INTEGER,
      created_at: '9999-12-31T23:59:59.999Z',
      text,
      reactions,
      edited_at: '9999-12-31T23:59:59.999Z',
      removed_at: '9999-12-31T23:59:59.999Z',
      removed_by: 'moderator',
      reply_to: NOWHERE,
      mentions: [NOWHERE, NOWHERE],
      notifies: 'room',
      line: { kind: 'renamed', personId: NOWHERE, text: 'x' },
    }
    const [page] = await harness.sql<{ messages: Message[]; bytes: number; estimate: number }[]>`
      select json_agg(message_json(m)) as messages,
        octet_length(json_agg(message_json(m))::text) - octet_length('[]') as bytes,
        sum(${weightMax(harness.sql)})::bigint as estimate
      from generate_series(1, 10),
        json_populate_record(null::messages, ${JSON.stringify(heaviest)}::text::json) m`
    const { messages, bytes, estimate } = page!
    // A new field of a message has to be here too.
    expect(Object.keys(messages[0]!)).toEqual(Object.keys(Message.properties).toSorted())
    expect(estimate).toBeGreaterThanOrEqual(bytes)
    expect(estimate).toBeLessThan(bytes + 10 * SLACK)
  }
})

test('in one batch each post has its own outcome', async () => {
  const room = await roomOf(alice, 'closed')
  const archived = await roomOf(alice, 'closed')
  await harness.sql`update rooms set archived_at = now() where id = ${archived.id}`
  const one = post(room.id)
  const outcomes = await insertMessages(harness.sql, [
    { ...one, author: as(bob) },
    one,
    one,
    { ...one, text: 'other' },
    post(archived.id),
    post(NOWHERE),
    post(room.id),
  ])
  expect(outcomes.map(({ outcome, message }) => [outcome, message?.seq])).toEqual([
    ['not-found', undefined],
    ['posted', 1],
    ['repeat', 1],
    ['taken', undefined],
    ['archived', undefined],
    ['not-found', undefined],
    ['posted', 2],
  ])
})

test('nothing is locked or written for an outsider, and for a member it is', async () => {
  const room = await roomOf(alice, 'closed')
  const byBob = { ...post(room.id), author: as(bob) }
  expect(await posting(byBob)).toEqual(['not-found', false])
  expect(await posting({ ...byBob, roomId: NOWHERE })).toEqual(['not-found', false])
  expect(await posting(post(room.id))).toEqual(['posted', true])
})

test('a person who joins during a batch gets their own outcome, and no seq is given twice', async () => {
  const room = await roomOf(alice, 'closed')
  const going = { on: true }
  const inAndOut = (async () => {
    while (going.on) {
      await harness.sql`
        insert into memberships (room_id, person_id, role)
        values (${room.id}, ${bob.id}, 'member')`
      await harness.sql`
        delete from memberships where room_id = ${room.id} and person_id = ${bob.id}`
    }
  })()
  const outcomes: string[] = []
  /** Both happen sooner or later, however the posts and the changes fall in with each other. */
  const wanted = new Set(['posted', 'not-found'])
  const byBob = new Set<string>()
  for (let round = 0; round < ROUNDS_MAX && byBob.size < wanted.size; round += 1) {
    const tries = Array.from({ length: 100 }, async (_, nth) =>
      insertMessages(harness.sql, [{ ...post(room.id), ...(nth % 2 ? { author: as(bob) } : {}) }]),
    )
    for (const [nth, results] of (await Promise.all(tries)).entries()) {
      for (const { outcome } of results) {
        outcomes.push(outcome)
        if (nth % 2) byBob.add(outcome)
      }
    }
  }
  going.on = false
  await inAndOut
  expect(byBob).toEqual(wanted)
  expect(new Set(outcomes)).toEqual(wanted)
  const rows = await harness.sql<{ seq: number }[]>`
    select seq from messages where room_id = ${room.id} order by seq`
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1))
  expect(rows).toHaveLength(outcomes.filter((outcome) => outcome === 'posted').length)
})

test('a person admitted before they lost access writes nothing, not even a repeat', async () => {
  const room = await roomOf(alice, 'closed', [bob])
  const [session] = await harness.sql<{ id: string }[]>`
    select id from sessions where person_id = ${bob.id}`
  const mine = { ...as(bob), sessionId: session?.id }
  const byBob = { ...post(room.id), author: mine }
  const outcomes = [await outcomeOf(byBob)]
  await harness.sql`update people set blocked_at = now() where id = ${bob.id}`
  outcomes.push(await outcomeOf(byBob))
  await harness.sql`update people set blocked_at = null where id = ${bob.id}`
  await harness.sql`update sessions set ended_at = now() where person_id = ${bob.id}`
  outcomes.push(await outcomeOf(byBob))
  outcomes.push(await outcomeOf({ ...byBob, author: as(bob) }))
  await harness.sql`update people set not_before = now() where id = ${bob.id}`
  const older = { ...as(bob), issuedAtSeconds: Date.now() / 1000 - 60 }
  outcomes.push(await outcomeOf({ ...byBob, author: older }))
  await harness.sql`update people set not_before = null where id = ${bob.id}`
  outcomes.push(await outcomeOf({ ...byBob, author: older }))
  expect(outcomes).toEqual([
    'posted',
    'access-removed',
    'signed-out',
    'repeat',
    'not-signed-in',
    'repeat',
  ])
})

async function outcomeOf(row: PostRow): Promise<string | undefined> {
  const [result] = await insertMessages(harness.sql, [row])
  return result?.outcome
}

function as({ id }: Colleague): PostRow['author'] {
  return { personId: id, issuedAtSeconds: Date.now() / 1000, sessionId: undefined }
}

/** The outcome, and whether the transaction has written anything. */
async function posting(item: PostRow): Promise<[string | undefined, boolean]> {
  return harness.sql.begin(async (sql) => {
    const [posted] = await insertMessages(sql, [item])
    const [{ written } = {}] = await sql<{ written: string | null }[]>`
      select pg_current_xact_id_if_assigned()::text as written`
    return [posted?.outcome, written !== null]
  })
}

function post(roomId: string): PostRow {
  return { id: v7(), roomId, author: as(alice), text: 'hello' }
}
