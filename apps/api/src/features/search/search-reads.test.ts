import type { Message } from '@conclave/shared/messages'
import { SEARCH_PAGE_SIZE, type SearchHit } from '@conclave/shared/search'
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../actor.ts'
import type { Sql, TransactionSql } from '../../database/connection.ts'
import { arrive, type Colleague } from '../../../test/data-people.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'
import { fillSome } from './search-fill.worker.ts'
import { keysOfMessage } from './search-keys.ts'
import { search } from './search.actions.ts'

const ELSEWHERE = 9_000
const TEXT = 'The loquat of Thursday'
const WORDS = ' the loquat of thursday '
const DAY_MS = 86_400_000
const DAYS_AGO = 11

let harness: Harness
let bob: Colleague
let carol: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two] = await arrive(harness, ['bob', 'carol'])
  bob = one!
  carol = two!
  await sayElsewhere()
})
afterAll(async () => harness.close())

/** What others say in rooms of their own, as far as the index has it. */
async function sayElsewhere(): Promise<void> {
  const roomId = v7()
  const entries = Array.from({ length: ELSEWHERE }, (_, nth) => {
    const createdAt = new Date(Date.now() - DAYS_AGO * DAY_MS - nth * 1_000).toISOString()
    const message = { id: v7(), roomId, authorId: v7(), text: TEXT, createdAt } as Message
    return { at: createdAt, keys: `{${keysOfMessage(message, WORDS).join(',')}}` }
  })
  await harness.owner`
    insert into search_entries (room_id, seq, rev, at, author_id, words, keys)
    select ${roomId}, nth, nth, at, ${v7()}, ${WORDS}, keys::integer[]
    from unnest(
      ${entries.map(({ at }) => at)}::timestamptz[],
      ${entries.map(({ keys }) => keys)}::text[]
    ) with ordinality as given (at, keys, nth)`
}

/** Rooms of this person; in each, the same is said eleven days ago, a second apart. Returns their ids, the newest first. */
async function roomsOf({ id }: Colleague, count: number, lastSeq: number): Promise<string[]> {
  const rooms = await harness.owner<{ id: string }[]>`
    with room as (
      insert into rooms (kind, name, rev, last_seq)
      select 'closed', 'Orchard ' || nth, ${lastSeq}, ${lastSeq} from generate_series(1, ${count}::int) nth
      returning id, substr(name, 9)::int as nth
    ),
    joined as (
      insert into memberships (room_id, person_id, role) select id, ${id}, 'member' from room
    ),
    said as (
      insert into messages (room_id, id, seq, rev, author_id, text, created_at)
      select id, uuidv7(), 1, 1, ${id}, ${TEXT}, now() - ${DAYS_AGO}::int * interval '1 day' - nth * interval '1 second'
      from room
    ),
    filled as (insert into search_fill (room_id, below) select id, 2 from room)
    select id from room order by nth`
  await expect
    .poll(async () => {
      await fillSome(harness.ctx)
      return (await harness.sql`select from search_fill`).length
    })
    .toBe(0)
  return rooms.map((room) => room.id)
}

/** What this person finds, page by page, and how many entries of the index were read for the first of them. */
async function read({ id }: Colleague, q: string): Promise<{ hits: SearchHit[]; entries: number }> {
  return harness.sql.begin(async (tx) => {
    const ctx = { ...harness.ctx, sql: tx as unknown as Sql }
    const reader: Actor = {
      personId: id,
      role: 'member',
      sessionId: undefined,
      issuedAtSeconds: Math.floor(Date.now() / 1_000),
      requestId: 'a search',
    }
    const before = await fetched(tx)
    const first = await search(ctx, reader, { q })
    const entries = (await fetched(tx)) - before
    const hits = [...first.hits]
    for (let cursor = first.next; cursor !== undefined;) {
      const page = await search(ctx, reader, { q, cursor })
      hits.push(...page.hits)
      cursor = page.next
    }
    return { hits, entries }
  })
}

/** Entries that this connection has fetched, as Postgres counts them. */
async function fetched(tx: TransactionSql): Promise<number> {
  const [row] = await tx<{ entries: number }[]>`
    select pg_stat_get_xact_tuples_fetched('search_entries'::regclass) as entries`
  return row?.entries ?? Number.NaN
}

const SEARCHES = [
  'loquat thursday',
  '"the loquat of thursday"',
  'th',
  'the has:reply',
  'the before:2199-01-01',
]

test('F2: in some rooms, with however many messages, nothing is read that others say elsewhere', async () => {
  const rooms = await roomsOf(bob, 3, 2_000_000)
  for (const q of SEARCHES) {
    const { hits, entries } = await read(bob, q)
    expect([q, hits.map(({ roomId }) => roomId)]).toEqual([q, q.includes('reply') ? [] : rooms])
    expect(entries).toBeLessThanOrEqual(rooms.length)
  }
})

test('F2: in hundreds of rooms, not much is, and everything that is mine is found once and in order', async () => {
  const count = 2 * SEARCH_PAGE_SIZE + 150
  const rooms = await roomsOf(carol, count, 20_000)
  for (const q of SEARCHES.slice(0, 3)) {
    const { hits, entries } = await read(carol, q)
    expect([q, hits.map(({ roomId }) => roomId)]).toEqual([q, rooms])
    expect(entries).toBeLessThan(ELSEWHERE / 2)
  }
})
