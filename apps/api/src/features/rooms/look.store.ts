import type { Look } from '@conclave/shared/rooms'
import { LOOK_DIGITS } from '@conclave/shared/rooms.look'
import type { Acting } from '../../actor.ts'
import { isLetIn } from '../../admission.ts'
import type { Sql } from '../../database/connection.ts'
import { withinBytes } from '../../list-page.ts'
import { roomColumns, toRoom, type RoomRow } from './rooms.store.ts'

/** The hexadecimal digits of one bucket's digest, of which there is one for each digit. */
const DIGEST_CHARS = 16

/**
 * What differs from what a client has, from one snapshot. The digests are made as `knownOf` in packages/shared makes them, of
 * what every room's row has; only the rooms of buckets that differ are read whole. Undefined for a reader without access.
 */
export async function readLook(
  sql: Sql,
  reader: Acting,
  { rev, known }: { rev?: string; known?: string },
): Promise<Omit<Look, 'named'> | undefined> {
  const { personId } = reader
  const rows = await sql<((RoomRow | { id: null }) & LookedAt)[]>`
    with me as (
      select people.id, people.rev, people.epoch, team.rev as team_rev, team.epoch as team_epoch
      from people cross join team
      where people.id = ${personId} and ${isLetIn(sql, reader)}
    ),
    mine as materialized (
      select r.id, right(r.id::text, 1) as digit, r.rev, r.epoch
      from memberships m join rooms r on r.id = m.room_id where m.person_id = ${personId}
    ),
    differing as materialized (
      select given.digit
      from (
        select digit, substr(${known ?? ''}::text, (nth::integer - 1) * ${DIGEST_CHARS} + 1, ${DIGEST_CHARS}) as digest
        from unnest(${[...LOOK_DIGITS]}::text[]) with ordinality as digits (digit, nth)
      ) given
      cross join me
      where me.rev <> ${rev ?? -1}::bigint or given.digest <> (
        select left(encode(sha256(convert_to(coalesce(
          string_agg(id || ' ' || mine.rev || ' ' || mine.epoch || E'\\n', '' order by id), ''
        ), 'UTF8')), 'hex'), ${DIGEST_CHARS})
        from mine where mine.digit = given.digit
      )
    )
    select
      me.rev as "noticeRev", me.epoch as "noticeEpoch", me.team_rev as "teamRev",
      me.team_epoch as "teamEpoch", array(select digit from differing order by digit) as differing,
      room.*
    from me left join lateral (
      select ${roomColumns(sql)}
      from mine
      join memberships m on m.room_id = mine.id and m.person_id = ${personId}
      join rooms r on r.id = mine.id
      where mine.digit in (select digit from differing)
    ) room on true
    order by room.id`
  const [first] = rows
  if (!first) return undefined
  const rooms = Map.groupBy(rows.filter((row) => row.id !== null).map(toRoom), ({ id }) =>
    id.slice(-1),
  )
  const all = first.differing.map((digit) => ({ digit, rooms: rooms.get(digit) ?? [] }))
  const buckets = withinBytes(all)
  return {
    rev: first.noticeRev,
    epoch: first.noticeEpoch,
    teamEpoch: first.teamEpoch,
    teamRev: first.teamRev,
    buckets,
    more: buckets.length < all.length,
  }
}

interface LookedAt {
  noticeRev: number
  noticeEpoch: number
  teamRev: number
  teamEpoch: number
  differing: string[]
}
