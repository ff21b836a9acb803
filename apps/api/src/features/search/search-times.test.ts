import type { Message } from '@conclave/shared/messages'
import { search, SEARCH_PAGE_SIZE, type SearchHit, type SearchPage } from '@conclave/shared/search'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, type Colleague } from '../../../test/data-people.ts'
import { roomOf, say } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'
import { fillSome } from './search-fill.worker.ts'
import { indexMessages } from './search-entries.store.ts'

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

async function indexed(): Promise<void> {
  await expect
    .poll(async () => (await harness.sql`select from lagging where consumer = 'search'`).length)
    .toBe(0)
}

async function find(who: Colleague, q: string, cursor?: string): Promise<SearchPage> {
  return who.call(search, { query: { q, ...(cursor === undefined ? {} : { cursor }) } })
}

async function seqs(q: string): Promise<number[]> {
  return (await find(bob, q)).hits.map(({ seq }) => seq)
}

async function roomWith(...texts: string[]): Promise<string> {
  const { id } = await roomOf(alice, 'closed', [bob])
  for (const text of texts) await say(alice, id, text)
  await indexed()
  return id
}

test('F2, F3: what has another time than it was stored at is found, in order and in pages by the time it shows', async () => {
  const { id } = await roomOf(alice, 'closed', [bob])
  const count = 2 * SEARCH_PAGE_SIZE + 3
  for (let nth = 1; nth <= count; nth += 1) await say(nth % 2 ? bob : alice, id, `rambutan ${nth}`)
  await indexed()
  // In an order of their own, one each day from the 1st of March on, with two at the same moment.
  await harness.owner`
    update messages
    set created_at = '2026-03-01T12:00:00Z'::timestamptz + ((seq * 5) % ${count - 1}) * interval '1 day'
    where room_id = ${id}`
  await reindexed()
  const [first] = await readAll(`in:${id}`)
  expect(first?.createdAt).toBe('2026-04-11T12:00:00.000Z')
  for (const q of [`in:${id}`, `rambutan in:${id}`, `from:alice from:bob in:${id}`]) {
    const hits = await readAll(q)
    const times = hits.map(({ createdAt }) => createdAt)
    expect(new Set(hits.map(({ seq }) => seq)).size).toBe(count)
    expect(times).toEqual(times.toSorted().toReversed())
  }
  const days = async (q: string) =>
    (await readAll(q)).map(({ createdAt }) => createdAt.slice(5, 10))
  expect(await days(`after:2026-04-10 in:${id}`)).toEqual(['04-11', '04-10'])
  expect(await days(`before:2026-03-03 after:2026-03-02 in:${id}`)).toEqual(['03-02'])
  expect(await days(`before:2026-03-01 in:${id}`)).toEqual([])
})

test('F2, F3: so it is among very many messages, whichever is the first of its room, and in the future', async () => {
  const roomId = await roomWith()
  // The later it was stored, the longer ago it says it was; the first is of tomorrow, and the last of 1999.
  await harness.owner`
    with said as (
      insert into messages (room_id, id, seq, rev, author_id, text, created_at)
      select ${roomId}, uuidv7(), nth, nth, ${alice.id},
        'salak ' || case when nth % 800 = 1 then 'seldom' else 'often' end,
        date_trunc('milliseconds', now()) + case
          when nth = 1 then interval '1 day'
          when nth = 2401 then timestamptz '1999-05-05' - date_trunc('milliseconds', now())
          else - nth * interval '7 hours' end
      from generate_series(1, 2401) nth
    ),
    filled as (insert into search_fill (room_id, below) values (${roomId}, 2402))
    update rooms set rev = 2401, last_seq = 2401 where id = ${roomId}`
  await harness.owner`update cursors set rev = 2401 where stream = ${`room:${roomId}`}`
  await reindexed()
  expect(await seqs('salak seldom')).toEqual([1, 801, 1601, 2401])
  expect(await seqs('seldom before:2000-01-01')).toEqual([2401])
  expect(await seqs(`before:2000-01-01 in:${roomId}`)).toEqual([2401])
  expect(await seqs('salak')).toEqual(Array.from({ length: SEARCH_PAGE_SIZE }, (_, nth) => nth + 1))
  const all = await readAll('often salak')
  expect(all.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 2401 }, (_, nth) => nth + 1).filter((nth) => nth % 800 !== 1),
  )
  const today = new Date().toISOString().slice(0, 10)
  expect((await seqs(`after:${today}`))[0]).toBe(1)
  expect((await readAll(`before:${today} in:${roomId}`)).length).toBeGreaterThan(2390)
})

test('F3: what is being indexed again at another time is never shown at the old one', async () => {
  const { id } = await roomOf(alice, 'closed', [bob])
  for (let nth = 1; nth <= 3; nth += 1) await say(alice, id, `pitaya ${nth}`)
  await indexed()
  const read = await harness.sql<{ message: Message }[]>`
    select message_json(m) as message from messages m where room_id = ${id} and seq = 2`
  await harness.sql.begin(async (sql) => {
    await sql`update messages set created_at = '2026-05-05T12:00:00Z' where room_id = ${id} and seq = 2`
    // A flight that has read it before.
    await indexMessages(
      sql,
      read.map(({ message }) => message),
    )
  })
  await reindexed()
  expect(await seqs(`pitaya in:${id}`)).toEqual([3, 1, 2])
})

/** What the worker has to index, it has. */
async function reindexed(): Promise<void> {
  await expect
    .poll(async () => {
      await fillSome(harness.ctx)
      return (await harness.sql`select from search_fill`).length
    })
    .toBe(0)
}

async function readAll(q: string): Promise<SearchHit[]> {
  const hits: SearchHit[] = []
  for (let next: string | undefined, nth = 0; nth === 0 || next !== undefined; nth += 1) {
    const page = await find(bob, q, next)
    hits.push(...page.hits)
    next = page.next
  }
  return hits
}

test('F3: a day alone is enough', async () => {
  const roomId = await roomWith('durian')
  const [day, next] = [0, 1].map((days) =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10),
  )
  const rooms = async (q: string) => (await find(bob, q)).hits.map((hit) => hit.roomId)
  expect(await rooms(`after:${day}`)).toContain(roomId)
  expect(await rooms(`before:${next}`)).toContain(roomId)
  expect(await find(bob, 'before:1980-01-01')).toEqual({ hits: [] })
  expect(await find(mallory, `before:${next}`)).not.toHaveProperty('reason')
})
