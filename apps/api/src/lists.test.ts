import { createHash } from 'node:crypto'
import { listAdminPeople } from '@conclave/shared/admin'
import { AUDIT_PAGE_MAX_ENTRIES, listAudit } from '@conclave/shared/audit'
import type { EndpointDefinition } from '@conclave/shared/contract'
import { listVersions } from '@conclave/shared/edits'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import { listMembers } from '@conclave/shared/members'
import { listChanges, MESSAGE_MAX_CODE_POINTS } from '@conclave/shared/messages'
import { everyPage } from '@conclave/shared/pages'
import { LIST_ANSWER_MAX_BYTES, LIST_PAGE_MAX } from '@conclave/shared/paging'
import {
  getPeople,
  listPeople,
  listPeopleChanges,
  PEOPLE_BY_ID_MAX,
  updateMe,
} from '@conclave/shared/people'
import { listQuotes, QUOTES_MAX } from '@conclave/shared/quotes'
import { REACTIONS_MAX } from '@conclave/shared/reactions'
import { listDirectory, listRooms, lookAtRooms, type Room } from '@conclave/shared/rooms'
import { knownOf, LOOK_DIGITS } from '@conclave/shared/rooms.look'
import { SESSIONS_MAX } from '@conclave/shared/bounds'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedToTeam } from '../test/data-envelopes.ts'
import { everyPerson, everyRoom, foldedPeople } from '../test/data-lists.ts'
import { streams } from './log/streams.ts'
import { arrive, type Colleague } from '../test/data-people.ts'
import { GENERAL, roomOf } from '../test/data-rooms.ts'
import { type Harness, startHarness } from '../test/harness.ts'

const ROOMS = 5_000
const PEOPLE = 600
const READERS = 20
const LAST_MESSAGE = '01900000-0000-7000-8000-000000000200'

type Lister = (query: Record<string, string>) => string

/** Lists that are requested in another way than by a page. */
const OTHERWISE: Record<string, Lister> = {
  listAudit: () => ofPages(listAudit.path)({ limit: String(AUDIT_PAGE_MAX_ENTRIES) }),
  listChanges: (query) => ofPages(listChanges.path)({ after: '0', ...query }),
  listVersions: () => ofPages(listVersions.path)({}),
  listPeopleChanges: () => ofPages(listPeopleChanges.path)({ after: '0' }),
  listQuotes: () => ofPages(listQuotes.path)({ ids: someMessages.join(',') }),
  getPeople: () => ofPages(getPeople.path)({ ids: somePeople.join(',') }),
}
/** Every endpoint that returns a list, taken from the contract; `fill` says how much is in each. */
const LISTS = Object.entries<EndpointDefinition>(ENDPOINTS)
  .filter(
    ([name, { method }]) => (method === 'GET' && name.startsWith('list')) || name === 'getPeople',
  )
  .map(([name, { path, query }]): [string, Lister] => [
    name,
    OTHERWISE[name] ?? (query ? ofPages(path) : () => ofPages(path)({})),
  ])

let harness: Harness
let alice: Colleague
let roomId: string
let somePeople: string[]
let someMessages: string[]

// The largest possible data, written directly to the database, because the api limits each person.
beforeAll(async () => {
  harness = await startHarness()
  const [one] = await arrive(harness, ['alice'])
  alice = one!
  roomId = (await roomOf(alice, 'closed')).id
  await fill(harness, alice.id, roomId)
  const ids = await harness.owner<{ id: string }[]>`
    select id from people where length(avatar_url) > 2000 limit ${PEOPLE_BY_ID_MAX}`
  somePeople = ids.map(({ id }) => id)
  const said = await harness.owner<{ id: string }[]>`
    select id from messages where room_id = ${roomId} limit ${QUOTES_MAX}`
  someMessages = said.map(({ id }) => id)
}, 120_000)
afterAll(async () => harness.close())

test.each(LISTS)(
  '%s: however much there is, no response exceeds the limit',
  { timeout: 60_000 },
  async (_, path) => {
    const biggest = await Promise.all(
      Array.from({ length: READERS }, async () => bytesOf(path({ limit: '100' }))),
    )
    expect(Math.max(...biggest)).toBeLessThan(LIST_ANSWER_MAX_BYTES)
    expect(Math.min(...biggest)).toBeGreaterThan(0)
  },
)

test('a look ends before it is too large, with whole buckets, and the rest comes with the next', async () => {
  const held = new Map<string, Room[]>()
  let query = {}
  let looks = 0
  for (let more = true; more; looks += 1) {
    const look = await alice.call(lookAtRooms, { query })
    const bytes = Buffer.byteLength(JSON.stringify(look))
    // A bucket is never in part: what is not in it would be taken for a room that is not mine any more.
    if (look.buckets.length > 1) expect(bytes).toBeLessThan(LIST_ANSWER_MAX_BYTES)
    for (const { digit, rooms } of look.buckets) held.set(digit, rooms)
    query = { rev: String(look.rev), known: await knownBy(held) }
    more = look.more
  }
  const ids = [...held.values()].flat().map(({ id }) => id)
  expect([new Set(ids).size, ids.length]).toEqual([ROOMS + 2, ROOMS + 2])
  expect(looks).toBeLessThanOrEqual(LOOK_DIGITS.length)
})

test(
  'the largest lists can be paged through completely, each entry once',
  { timeout: 60_000 },
  async () => {
    const rooms = await everyPage((query) => alice.call(listDirectory, { query }))
    expectOnce(rooms, ({ rooms }) => rooms.map(({ id }) => id), ROOMS + 1)
    const mine = await everyPage((query) => alice.call(listRooms, { query }))
    expectOnce(mine, ({ rooms }) => rooms.map(({ id }) => id), ROOMS + 2)
    // Other tests may have had more people arrive.
    const [{ count }] = await harness.owner<[{ count: number }]>`select count(*) from people`
    expect(count).toBeGreaterThan(PEOPLE)
    const people = await everyPage((query) => alice.call(listPeople, { query }))
    expectOnce(people, ({ people }) => people.map(({ id }) => id), count)
    const admin = await everyPage((query) => alice.call(listAdminPeople, { query }))
    expectOnce(admin, ({ people }) => people.map(({ id }) => id), count)
    const params = { roomId: GENERAL }
    const members = await everyPage((query) => alice.call(listMembers, { params, query }))
    expectOnce(members, ({ members }) => members.map(({ personId }) => personId), count)
  },
)

test(
  'a search for text that is expensive in Unicode is no slower',
  { timeout: 60_000 },
  async () => {
    const [plain, long] = ['zebra', '\ufdfa'.repeat(80)].map((search) =>
      ofPages(listDirectory.path)({ search }),
    )
    const times: [plain: number, long: number][] = []
    for (let nth = 0; nth < 15; nth += 1)
      times.push([await millisecondsOf(plain!), await millisecondsOf(long!)])
    expect(median(times.map(([, ms]) => ms))).toBeLessThan(5 * median(times.map(([ms]) => ms)))
  },
)

test('a page has the requested size, and an empty one is the last', async () => {
  const first = await alice.call(listPeople, { query: { limit: '2' } })
  expect(first.people).toHaveLength(2)
  const second = await alice.call(listPeople, { query: { limit: '2', after: first.next! } })
  expect(second.people).toHaveLength(2)
  const end = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
  const last = place([9, '\u{10ffff}', end])
  expect(await alice.call(listPeople, { query: { after: last } })).toEqual({
    people: [],
    rev: first.rev,
  })
  const rooms = await alice.call(listRooms, { query: { after: end } })
  expect([rooms.rooms, rooms.next, rooms.rev > 0]).toEqual([[], undefined, true])
  const query = { after: last }
  const members = await alice.call(listMembers, { params: { roomId: GENERAL }, query })
  expect([members.members, members.next]).toEqual([[], undefined])
})

test.each([
  ['/v1/people', 'after=x'],
  ['/v1/people', 'after='],
  ['/v1/people', `after=${GENERAL.toUpperCase()}A`],
  ['/v1/people', 'limit=0'],
  ['/v1/people', 'limit=101'],
  ['/v1/people', 'limit=1e1'],
  ['/v1/people', `after=${GENERAL}&after=${GENERAL}`],
  ['/v1/people', 'before=x'],
  ['/v1/rooms', "after=' or 1=1"],
  ['/v1/admin/people', 'after=1'],
  [`/v1/rooms/${GENERAL}/members`, 'after=-1'],
  ['/v1/directory', `after=${GENERAL}`],
  ['/v1/directory', `after=${place(['a'])}`],
  ['/v1/directory', `after=${place(['a', 'b'])}`],
  ['/v1/directory', `after=${place([1, GENERAL])}`],
  ['/v1/directory', `after=${place([1, GENERAL, GENERAL.toUpperCase().replace('0', 'A')])}`],
  ['/v1/directory', `after=${place(['a', GENERAL])}`],
  ['/v1/directory', `after=${place([0, 'a\u0000b', GENERAL])}`],
  ['/v1/directory', `after=${place([0, '\ud800', GENERAL])}`],
  ['/v1/people', `after=${place([10, 'a', GENERAL])}`],
  ['/v1/people', `after=${place([0.5, 'a', GENERAL])}`],
  ['/v1/people', `after=${place([-1, 'a', GENERAL])}`],
  ['/v1/people', 'search=%00'],
  ['/v1/people', `search=${'x'.repeat(81)}`],
  ['/v1/people', `outside=${GENERAL}0`],
  ['/v1/people/changes', 'after=-1'],
  ['/v1/people/changes', ''],
  ['/v1/people/by-id', ''],
  ['/v1/directory', `after=${place(null)}`],
  ['/v1/directory', `after=${'A'.repeat(6_001)}`],
  ['/v1/directory', 'search=%00'],
  ['/v1/directory', `search=${'x'.repeat(81)}`],
])('%s?%s is no page', async (path, query) => {
  const { status, text } = await alice.send('GET', `${path}?${query}`)
  expect([status, JSON.parse(text).type]).toEqual([400, '/problems/invalid-request'])
})

test('a list that changes while it is paged through, plus the events since, equals what is fetched', async () => {
  const [bob, carol] = await arrive(harness, ['bob', 'carol'])
  const pages = await everyPage(async (query) => {
    const page = await alice.call(listPeople, { query })
    // Before the first page there is nothing to miss; between any two others these three change.
    for (const [nth, who] of [alice, bob!, carol!].entries()) {
      const status = (['busy', 'away', 'available'] as const)[(page.rev + nth) % 3]!
      await who.call(updateMe, { body: { status } })
    }
    return page
  })
  const held = { people: pages.flatMap(({ people }) => people), rev: pages[0].rev }
  const fetched = await everyPerson(alice)
  expect(held.rev).toBeLessThan(fetched.rev)
  expect(held).not.toEqual(fetched)
  expect(foldedPeople(held, await publishedToTeam(harness))).toEqual(fetched)
})

test('a small team is one page, in the order of names', async () => {
  await using small = await startHarness()
  const [bob, ann] = (await arrive(small, ['bob', 'alice'])) as [Colleague, Colleague]
  const page = await bob.call(listPeople, {})
  expect(page).toEqual(await everyPerson(bob))
  expect(page.people.map(({ id }) => id)).toEqual([ann.id, bob.id])
  expect(await bob.call(listRooms, {})).toEqual(await everyRoom(bob))
})

/** The digests of these buckets, and zeros for those that are not held. */
async function knownBy(held: ReadonlyMap<string, Room[]>): Promise<string> {
  const known = await knownOf([...held.values()].flat(), async (text) =>
    Promise.resolve(new Uint8Array(createHash('sha256').update(text).digest())),
  )
  const digests = LOOK_DIGITS.map((digit, nth) =>
    held.has(digit) ? known.slice(nth * 16, nth * 16 + 16) : '0'.repeat(16),
  )
  return digests.join('')
}

function ofPages(path: string): Lister {
  return (query) => {
    const of = path.endsWith('/members') ? GENERAL : roomId
    const at = path.replace(':roomId', of).replace(':messageId', LAST_MESSAGE)
    return `${at}?${new URLSearchParams(query).toString()}`
  }
}

async function bytesOf(path: string): Promise<number> {
  const asked = path.includes('/changes') ? path.replace('&limit=100', '') : path
  const { status, text } = await alice.send('GET', asked)
  expect([asked, status]).toEqual([asked, 200])
  return Buffer.byteLength(text)
}

async function millisecondsOf(path: string): Promise<number> {
  const began = performance.now()
  await bytesOf(path)
  return performance.now() - began
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
}

function expectOnce<Page>(pages: Page[], idsOf: (page: Page) => string[], count: number): void {
  const ids = pages.flatMap(idsOf)
  expect([new Set(ids).size, ids.length]).toEqual([count, count])
  for (const page of pages) expect(idsOf(page).length).toBeLessThanOrEqual(LIST_PAGE_MAX)
}

function place(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

async function fill({ owner }: Harness, personId: string, roomId: string): Promise<void> {
  const wide = '\u{1f600}'
  await owner`
    with made as (
      insert into rooms (kind, name, topic)
      select 'open', right(nth || repeat(${wide}, 80), 80), repeat(${wide}, 250)
      from generate_series(1, ${ROOMS}) nth returning id
    )
    insert into memberships (room_id, person_id, role) select id, ${personId}, 'member' from made`
  await owner`
    with made as (
      insert into people (auth0_sub, name, email, email_verified, role, avatar_url, blocked_at, blocked_reason)
      select 'test|' || nth, repeat(${wide}, 100), repeat(${wide}, 100), true, 'member',
        'https://example.com/' || repeat('a', 2000), now(), repeat(E'\\u0001', 250)
      from generate_series(1, ${PEOPLE}) nth returning id
    ),
    stepped as (
      insert into revocation_steps (person_id, kind)
      select id, 'auth0-sessions-ended' from made, generate_series(1, 50)
    )
    insert into memberships (room_id, person_id, role) select ${GENERAL}, id, 'member' from made`
  await owner`
    insert into sessions (person_id, sid, user_agent)
    select ${personId}, 'sid-' || nth, repeat(${'字'}, 256) from generate_series(1, ${SESSIONS_MAX - 2}) nth`
  await owner`
    with said as (
      insert into messages (room_id, id, seq, rev, author_id, text, created_at)
      select ${roomId}, case nth when 200 then ${LAST_MESSAGE} else uuidv7() end, nth, nth, ${personId}, repeat(E'\\u0001', ${MESSAGE_MAX_CODE_POINTS}), now()
      from generate_series(1, 200) nth returning id, rev
    ),
    noted as (
      insert into log (stream, rev, kind, subject, type)
      select ${streams.room(roomId)}, rev, 'message', id, 'message.posted' from said
    ),
    published as (
      insert into cursors (consumer, stream, rev) values ('relay', ${streams.room(roomId)}, 200)
    )
    update rooms set rev = 200, last_seq = 200 where id = ${roomId}`
  const emoji = Array.from({ length: REACTIONS_MAX }, (_, nth) => `${wide}${nth}`)
  await owner`
    insert into reactions (room_id, message_id, emoji, person_id, rev)
    select ${roomId}, ${LAST_MESSAGE}, emoji, id, row_number() over ()
    from people, unnest(${emoji}::text[]) emoji`
  const shown = emoji.map((one) => ({ count: PEOPLE, emoji: one, people: [personId] }))
  await owner`
    update messages set reactions = ${JSON.stringify(shown)}::text::json where id = ${LAST_MESSAGE}`
  await owner`
    insert into versions (room_id, message_id, number, text, at)
    select ${roomId}, ${LAST_MESSAGE}, nth, repeat(E'\\u0001', ${MESSAGE_MAX_CODE_POINTS}), now()
    from generate_series(1, 200) nth`
  await owner`
    insert into audit (actor_id, action, target)
    select ${personId}, 'room.created', jsonb_build_object('roomId', ${roomId}::uuid, 'personId', ${personId}::uuid, 'sessionId', ${personId}::uuid)
    from generate_series(1, 1000)`
}
