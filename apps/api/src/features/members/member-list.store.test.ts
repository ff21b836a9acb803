import { listMembers } from '@conclave/shared/members'
import { everyPage } from '@conclave/shared/pages'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, type Colleague } from '../../../test/data-people.ts'
import { roomOf } from '../../../test/data-rooms.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'
import type { Sql } from '../../database/connection.ts'
import { namePage } from '../../name-page.ts'
import { readMembers } from './member-list.store.ts'

/** More than any page may look at. */
const TEAM = 6_000
const PAGE = 50
const MIDDLE = { rank: 2, sortName: 'member 3', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }
const LAST_MODERATOR = { rank: 1, sortName: 'member 9', id: MIDDLE.id }

let harness: Harness
let alice: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one] = await arrive(harness, ['alice'])
  alice = one!
  await harness.owner`
    insert into people (auth0_sub, name, email, email_verified, role)
    select 'test|' || nth, case nth % 3 when 0 then 'Member ' else 'member ' end || nth, nth || '@example.com', true, 'member'
    from generate_series(1, ${TEAM}) nth`
}, 60_000)
afterAll(async () => harness.close())

/** Every `nth` of the team is a member; owners and moderators are among them. */
test.each([1, 3, 5, 7, 500])(
  'the members are listed whole and in order, whether they are many or few: every %sth of the team',
  { timeout: 60_000 },
  async (nth) => {
    const room = await filledRoom(nth)
    for (const search of ['', 'R 7', 'mod']) {
      const params = { roomId: room }
      const pages = await everyPage((query) =>
        alice.call(listMembers, { params, query: { ...query, ...(search ? { search } : {}) } }),
      )
      const listed = pages.flatMap(({ members }) =>
        members.map(({ personId, role }) => ({ personId, role })),
      )
      expect(listed).toEqual(await sortedAll(room, search))
    }
  },
)

test('a page of the members of a large room costs what a page holds, wherever it is', async () => {
  const everybody = await filledRoom(1)
  const places = [undefined, LAST_MODERATOR, MIDDLE]
  for (const after of places) {
    const { found, rows } = await looked(everybody, after)
    expect(found).toBe(PAGE)
    // Each is found by name, then in the room, and then read; the owners and moderators are looked at as well.
    expect(rows).toBeLessThan(10 * PAGE)
  }
  // Whoever has no part in the room is passed over.
  const third = await looked(await filledRoom(3), MIDDLE)
  expect(third.rows).toBeLessThan(20 * PAGE)
  const few = await looked(await filledRoom(100), LAST_MODERATOR)
  expect(few.rows).toBeLessThan(10 * PAGE)
})

/** How many index searches and rows it takes to read a page, by Postgres's own count. */
async function looked(roomId: string, after: typeof MIDDLE | undefined) {
  const sql = await harness.sql.reserve()
  try {
    await sql`begin`
    const before = await rowsLookedAt(sql)
    const reader = { personId: alice.id, sessionId: undefined, issuedAtSeconds: Date.now() }
    const page = await readMembers(
      sql,
      { roomId, reader },
      { ...namePage({ limit: `${PAGE}` }), after },
    )
    const rows = (await rowsLookedAt(sql)) - before
    await sql`rollback`
    return { found: page?.members.length, rows }
  } finally {
    sql.release()
  }
}

async function rowsLookedAt(sql: Sql): Promise<number> {
  const [row] = await sql<[{ rows: number }]>`
    select sum(seq_tup_read + idx_scan + idx_tup_fetch)::bigint as rows
    from pg_stat_xact_user_tables where relname in ('people', 'memberships')`
  return row.rows
}

async function filledRoom(nth: number): Promise<string> {
  const { id } = await roomOf(alice, 'closed')
  await harness.owner`
    insert into memberships (room_id, person_id, role)
    select ${id}, id, case
      when name like '%000' then 'owner' when name like '%500' then 'moderator' else 'member'
    end
    from people where substring(name from '[0-9]+$')::int % ${nth} = 0`
  return id
}

async function sortedAll(roomId: string, search: string) {
  return harness.owner`
    select person_id as "personId", m.role
    from memberships m join people p on p.id = person_id
    where room_id = ${roomId} and strpos(lower(name), lower(${search})) > 0
    order by array_position(array['owner', 'moderator', 'member'], m.role), folded_name, p.id`
}
