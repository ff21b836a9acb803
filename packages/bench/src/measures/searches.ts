import { FLOOD_SIZES } from '@conclave/dev-stack/flood/flood-sizes'
import { SENTENCES } from '@conclave/dev-stack/flood/flood-words'
import { search, type SearchPage } from '@conclave/shared/search'
import type postgres from 'postgres'
import { v7 as uuidv7 } from 'uuid'
import type { Arena } from '../arena.ts'
import { until } from '../load/until.ts'
import { watchGenerator } from '../machine/usage.ts'
import { percentile } from '../statistics.ts'

const READS = 40
const FILLED_WITHIN_MS = 3_600_000
/**
 * The rooms of a large team: of 2,000 of them the first client is in 500, and the second in three. Like everybody here, both are
 * in the hundred rooms of the bench, too, and in whatever `pages` has put them into before.
 */
const { rooms: ROOMS, messages: MESSAGES } = FLOOD_SIZES.large
const IN_ROOMS = [500, 3] as const
/** The third client is in as many rooms as the first, in which hardly anything is said of what the others talk about. */
const QUIET = { rooms: 500, messages: 50 } as const
const READERS = [...IN_ROOMS.map((rooms) => `${rooms}`), `${QUIET.rooms}-quiet`]
/** In a tenth of the messages. */
const CHINESE = '今天吃什么'
const DAY_MS = 86_400_000

/** What is searched for: how often it is said, and how. */
const SEARCHES = {
  rare: 'zymurgy',
  nowhere: 'nowheretobefound',
  common: 'the',
  beginning: 'th',
  two: 'meeting thursday',
  phrase: '"the build is green"',
  chinese: '"今天吃"',
  filtered: `the after:${day(-60)} before:${day(-20)}`,
} as const

function day(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)
}

/** Searches among a million messages, for people in many rooms and in few, for words that are rare and common. */
export async function measureSearches(arena: Arena): Promise<void> {
  const { conclave, figures, options } = arena
  for (const rooms of READERS)
    for (const kind of Object.keys(SEARCHES))
      for (const share of ['p50', 'p95'])
        figures.define({
          id: `search-${kind}-${rooms}-${share}`,
          title: `Search among ${MESSAGES.toLocaleString('en')} messages, in ${rooms} rooms: ${kind}, ${share}`,
          unit: 'ms',
          better: 'less',
        })
  arena.progress(
    `Saying ${MESSAGES.toLocaleString('en')} messages in ${ROOMS.toLocaleString('en')} rooms`,
  )
  await fill(
    conclave.sql,
    READERS.map((_, client) => conclave.crowd.idOf(client)),
  )
  arena.progress('Waiting until they are indexed')
  const startedAt = performance.now()
  await until('everything is indexed', async () => isIndexed(conclave.sql), FILLED_WITHIN_MS)
  const seconds = (performance.now() - startedAt) / 1_000
  figures.fact({
    id: 'search-fill',
    title: 'Older messages indexed in the background',
    text: `${Math.round(MESSAGES / seconds).toLocaleString('en')} a second, with as much rest`,
  })
  arena.progress('Searching')
  for (let round = 0; round < options.rounds; round++) {
    await conclave.prepare(READERS.length)
    for (const [client, rooms] of READERS.entries())
      for (const [kind, q] of Object.entries(SEARCHES)) {
        const generator = watchGenerator()
        const waits = await searchOften(arena, client, q)
        for (const [share, at] of [
          ['p50', 0.5],
          ['p95', 0.95],
        ] as const)
          figures.note(
            `search-${kind}-${rooms}-${share}`,
            'conclave',
            percentile(waits, at),
            generator(),
          )
      }
  }
}

async function searchOften({ conclave }: Arena, client: number, q: string): Promise<number[]> {
  const waits: number[] = []
  const path = `${search.path}?${new URLSearchParams({ q }).toString()}`
  for (let read = 0; read < READS; read++) {
    const startedAt = performance.now()
    const { status, text } = await conclave.http.send('GET', path, conclave.headersOf(client))
    waits.push(performance.now() - startedAt)
    if (status !== 200) throw new Error(`A search was answered ${status}`)
    const found = (JSON.parse(text) as SearchPage).hits.length
    if ((found === 0) !== (q === SEARCHES.nowhere)) throw new Error(`Found ${found} of ${q}`)
  }
  return waits
}

/** By SQL, because searching is what is measured: the same sentences as in a flooded team, and one rare word in each room. */
async function fill(sql: postgres.Sql, people: readonly string[]): Promise<void> {
  const perRoom = MESSAGES / ROOMS
  await sql`
    with room as (
      insert into rooms (id, kind, name, rev, last_seq)
      select (lpad(to_hex(1767225600000 + n), 12, '0') || '70028000' || lpad(to_hex(n), 12, '0'))::uuid,
        'closed', 'Searched ' || n, ${perRoom}, ${perRoom}
      from generate_series(1, ${ROOMS}::int) n returning id, substr(name, 10)::int as n
    ),
    joined as (
      insert into memberships (room_id, person_id, role)
      select id, person, 'member'
      from room cross join unnest(${people.slice(0, IN_ROOMS.length)}::uuid[], ${[...IN_ROOMS]}::int[]) as given (person, rooms)
      where n % (${ROOMS}::int / rooms) = 0
    )
    insert into messages (room_id, id, seq, rev, author_id, text, created_at)
    select id, uuidv7(), seq, seq, ${people[0] ?? uuidv7()},
      (${SENTENCES}::text[])[1 + (n * 7 + seq) % ${SENTENCES.length}::int] || ' '
        || (${SENTENCES}::text[])[1 + (n + seq * 5) % ${SENTENCES.length}::int]
        || case when seq = 100 then ' zymurgy' else '' end
        || case when seq % 10 = 0 then ${` ${CHINESE}`} else '' end,
      now() - (${perRoom}::int - seq) * interval '4 hours' - n * interval '7 seconds'
    from room cross join generate_series(1, ${perRoom}::int) seq`
  await fillQuietRooms(sql, people[IN_ROOMS.length] ?? uuidv7())
  await sql`
    insert into search_fill (room_id, below)
    select id, last_seq + 1 from rooms where name like 'Searched %' or name like 'Quiet %'`
  await sql`analyze messages, memberships, rooms`
}

/** One message, thirty days ago, has everything that is searched for and found. */
async function fillQuietRooms(sql: postgres.Sql, person: string): Promise<void> {
  await sql`
    with room as (
      insert into rooms (kind, name, rev, last_seq)
      select 'closed', 'Quiet ' || n, ${QUIET.messages}, ${QUIET.messages}
      from generate_series(1, ${QUIET.rooms}::int) n returning id, substr(name, 7)::int as n
    ),
    joined as (
      insert into memberships (room_id, person_id, role) select id, ${person}, 'member' from room
    )
    insert into messages (room_id, id, seq, rev, author_id, text, created_at)
    select id, uuidv7(), seq, seq, ${person},
      case when n = 1 and seq = 1
        then ${`The build is green, the meeting about zymurgy is on Thursday. ${CHINESE}`}
        else 'Lunch was lovely again' end,
      now() - interval '30 days' + (seq - 1) * interval '14 hours'
    from room cross join generate_series(1, ${QUIET.messages}::int) seq`
}

async function isIndexed(sql: postgres.Sql): Promise<boolean> {
  return (await sql`select from search_fill limit 1`).length === 0
}
