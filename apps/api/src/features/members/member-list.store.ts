import type { Member, MemberPage } from '@conclave/shared/members'
import type { Person } from '@conclave/shared/people'
import type { RoomRole } from '@conclave/shared/rooms'
import type { Acting } from '../../actor.ts'
import { isLetIn } from '../../admission.ts'
import type { Sql } from '../../database/connection.ts'
import { cutNamePage, nameContains, type NamePage } from '../../name-page.ts'
import { personColumns, toPerson } from '../people/people.store.ts'

/**
 * Up to so many members are read and sorted for a page. In a larger room the team is walked by name, from one member of the
 * room to the next, until the page is full: with 10,000 people no page looks at more than about a thousand either way. A
 * search may pass over every name of the team, so it pays in larger rooms only.
 */
const SORTED_MAX_MEMBERS = { listed: 1_000, searched: 2_500 }
/** Where a list by name begins: before every name and id. */
const FIRST = { sortName: '', id: '00000000-0000-0000-0000-000000000000' }
/** The rank of those who are neither owner nor moderator. */
const ORDINARY = 2

/**
 * A page of a room's members and who they are, for a member: owners, then moderators, then the others, each by name. All of it
 * is from one snapshot. Undefined for everybody else.
 */
export async function readMembers(
  sql: Sql,
  { roomId, reader }: { roomId: string; reader: Acting },
  asked: NamePage,
): Promise<MemberPage | undefined> {
  const rows = await sql<MemberRow[]>`
    select
      r.rev, team.rev as "teamRev", counted.owners, entry.*
    from memberships mine
    join rooms r on r.id = mine.room_id
    cross join team
    -- Counted once: among the columns it would be for each member of the page.
    cross join lateral (
      select count(*) as owners from memberships m where m.room_id = r.id and m.role = 'owner'
    ) counted
    left join lateral (
      select member.*, ${personColumns(sql)}
      from (
        ${leadersOfRoom(sql, asked)} union all ${sortedOfRoom(sql, asked)}
        union all ${walkedOfRoom(sql, asked)}
        order by rank, "sortName", "personId" limit ${asked.limit + 1}
      ) member
      join people on people.id = member."personId"
    ) entry on true
    where mine.room_id = ${roomId} and mine.person_id = ${reader.personId} and ${isLetIn(sql, reader)}
    order by entry.rank, entry."sortName", entry."personId"`
  const [first] = rows
  if (!first) return undefined
  const { rev, owners, teamRev } = first
  const found = rows.filter((row) => row.personId !== null)
  const { page, ...more } = cutNamePage(found, asked.limit, ({ personId, ...row }) => ({
    ...row,
    id: personId,
  }))
  const named = { people: page.map(toPerson), rev: teamRev }
  return { members: page.map(toMember), owners, rev, named, ...more }
}

/**
 * How many other members with access are shown as online, as far as `most`, for a member. Undefined for everybody else.
 */
export async function countOnline(
  sql: Sql,
  { roomId, reader }: { roomId: string; reader: Acting },
  most: number,
): Promise<number | undefined> {
  const [row] = await sql<{ online: number }[]>`
    select (
      select count(*) from (
        select from memberships m
        join presence on presence.person_id = m.person_id and presence.shown_online
        join people on people.id = m.person_id and people.blocked_at is null
        where m.room_id = mine.room_id and m.person_id <> mine.person_id
        limit ${most}
      ) others
    ) as online
    from memberships mine
    where mine.room_id = ${roomId} and mine.person_id = ${reader.personId} and ${isLetIn(sql, reader)}`
  return row?.online
}

/** A page of the owners and moderators of the room `r`, who have an index of their own. */
function leadersOfRoom(sql: Sql, { after, search, limit }: NamePage) {
  const rank = sql`case m.role when 'owner' then 0 else 1 end`
  const from = after ?? { rank: 0, ...FIRST }
  return sql`(
    select ${memberColumns(sql)}, ${rank} as rank, p.folded_name as "sortName"
    from memberships m join people p on p.id = m.person_id
    where m.room_id = r.id and m.role <> 'member' and ${nameContains(sql, search)}
      and (${rank}, p.folded_name, p.id) > (${from.rank}, ${from.sortName}, ${from.id}::uuid)
    order by 4, 5, 1 limit ${limit + 1}
  )`
}

/** A page of its other members, if they are few; otherwise nothing. `offset 0` keeps Postgres from walking the team for them. */
function sortedOfRoom(sql: Sql, asked: NamePage) {
  return sql`(
    select ${memberColumns(sql)}, ${ORDINARY}::int as rank, p.folded_name as "sortName"
    from memberships m
    cross join lateral (
      select id, folded_name from people where id = m.person_id offset 0
    ) p
    where r.member_count <= ${sortedMax(asked)} and m.room_id = r.id and m.role = 'member'
      and ${inPageOfOrdinary(sql, asked)}
    order by 5, 1 limit ${asked.limit + 1}
  )`
}

/** The same if they are many. `offset 0` keeps Postgres from reading and sorting all of them. */
function walkedOfRoom(sql: Sql, asked: NamePage) {
  return sql`(
    select ${memberColumns(sql)}, ${ORDINARY}::int as rank, p.folded_name as "sortName"
    from people p
    cross join lateral (
      select person_id, role, joined_at from memberships
      where room_id = r.id and person_id = p.id and role = 'member' offset 0
    ) m
    where r.member_count > ${sortedMax(asked)} and ${inPageOfOrdinary(sql, asked)}
    order by p.folded_name, p.id limit ${asked.limit + 1}
  )`
}

function sortedMax({ search }: NamePage): number {
  return search === '' ? SORTED_MAX_MEMBERS.listed : SORTED_MAX_MEMBERS.searched
}

function inPageOfOrdinary(sql: Sql, { after, search }: NamePage) {
  if (after && after.rank > ORDINARY) return sql`false`
  const { sortName, id } = after?.rank === ORDINARY ? after : FIRST
  return sql`(p.folded_name, p.id) > (${sortName}, ${id}::uuid) and ${nameContains(sql, search)}`
}

function memberColumns(sql: Sql) {
  return sql`m.person_id as "personId", m.role as "memberRole", m.joined_at as "joinedAt"`
}

interface Entry extends Person {
  personId: string
  memberRole: RoomRole
  joinedAt: string
  rank: number
  sortName: string
}
type MemberRow = { rev: number; teamRev: number; owners: number } & (Entry | { personId: null })

function toMember({ personId, memberRole, joinedAt }: Entry): Member {
  return { personId, role: memberRole, joinedAt }
}
