import type { Member, MemberPage } from '@conclave/shared/members'
import type { Person } from '@conclave/shared/people'
import type { RoomRole } from '@conclave/shared/rooms'
import type { Acting } from '../../actor.ts'
import { isLetIn } from '../../admission.ts'
import type { Sql } from '../../database/connection.ts'
import { cutNamePage, nameContains, type NamePage } from '../../name-page.ts'
import { personColumns, toPerson } from '../people/people.store.ts'

/**
 * A page of a room's members and who they are, for a member: owners, then moderators, then the others, each by name. All of it
 * is from one snapshot. Undefined for everybody else.
 */
export async function readMembers(
  sql: Sql,
  { roomId, reader }: { roomId: string; reader: Acting },
  { after, search, limit }: NamePage,
): Promise<MemberPage | undefined> {
  const rows = await sql<MemberRow[]>`
    select
      r.rev, team.rev as "teamRev", (
        select count(*) from memberships owner where owner.room_id = r.id and owner.role = 'owner'
      ) as owners,
      entry.*
    from memberships mine
    join rooms r on r.id = mine.room_id
    cross join team
    left join lateral (
      select member.*, ${personColumns(sql)}
      from (
        select ranked.*
        from (
          select
            m.person_id as "personId", m.role as "memberRole", m.joined_at as "joinedAt",
            case m.role when 'owner' then 0 when 'moderator' then 1 else 2 end as rank,
            p.folded_name as "sortName"
          from memberships m
          join (select id, folded_name from people where ${nameContains(sql, search)}) p
            on p.id = m.person_id
          where m.room_id = r.id
        ) ranked
        ${after ? sql`where (rank, "sortName", "personId") > (${after.rank}, ${after.sortName}, ${after.id}::uuid)` : sql``}
        order by rank, "sortName", "personId" limit ${limit + 1}
      ) member
      join people on people.id = member."personId"
    ) entry on true
    where mine.room_id = ${roomId} and mine.person_id = ${reader.personId} and ${isLetIn(sql, reader)}
    order by entry.rank, entry."sortName", entry."personId"`
  const [first] = rows
  if (!first) return undefined
  const { rev, owners, teamRev } = first
  const found = rows.filter((row) => row.personId !== null)
  const { page, ...more } = cutNamePage(found, limit, ({ personId, ...row }) => ({
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
