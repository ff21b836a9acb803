import type { Actor } from '../../actor.ts'
import type { Sql } from '../../database/connection.ts'

/** A caller's request for the channels of these rooms, and for the presence channels of `presenceRoomIds`. */
export interface ChannelEpochsRequest {
  actor: Actor
  /** The epochs at which they ask for their own channel. */
  ownEpochs: readonly number[]
  roomIds: readonly string[]
  presenceRoomIds: readonly string[]
}

/** The epochs of the channels that a caller may subscribe to. */
export interface ChannelEpochs {
  /** Of their own channel. */
  person: number
  team: number
  /** Of the requested rooms that they are in. */
  rooms: { id: string; epoch: number }[]
  /** Those of `presenceRoomIds` with few enough members for a presence channel. */
  fewIn: string[]
}

/**
 * Stores who of these callers is about to listen to their own channel. It has to be committed before the epochs are read:
 * a rekey that this reading does not see is committed later, and then looks for whoever has begun to listen meanwhile
 * (realtime/late-listeners.ts).
 */
export async function noteListening(
  sql: Sql,
  asked: readonly ChannelEpochsRequest[],
): Promise<void> {
  const own = asked.flatMap(({ actor, ownEpochs }) =>
    ownEpochs.map((epoch) => ({ id: actor.personId, epoch })),
  )
  if (own.length === 0) return
  // In one order, because many instances do this at once after an outage.
  await sql`
    insert into listening (person_id, signed_at)
    select id, clock_timestamp() from people
    where (id, epoch) in (
      select * from unnest(
        ${own.map(({ id }) => id)}::uuid[], ${own.map(({ epoch }) => epoch)}::bigint[]
      )
    )
    order by id
    on conflict (person_id) do update set signed_at = excluded.signed_at`
}

/**
 * What each of these callers may subscribe to; undefined for those who have no access any more. The result outlives the
 * request, because it becomes the key of a channel: so access is checked once more, in the same snapshot as the epochs.
 * Returns results in the order of the callers.
 */
export async function readChannelEpochs(
  sql: Sql,
  asked: readonly ChannelEpochsRequest[],
  { fewMembers }: { fewMembers: number },
): Promise<(ChannelEpochs | undefined)[]> {
  const rows = await sql<(ChannelEpochs | { person: null })[]>`
    select epochs.*
    from unnest(
      ${asked.map(({ actor }) => actor.personId)}::uuid[],
      ${asked.map(({ actor }) => actor.issuedAtSeconds)}::float8[],
      ${asked.map(({ actor }) => actor.sessionId ?? null)}::uuid[],
      ${asked.map(({ roomIds }) => arrayOf(roomIds))}::text[],
      ${asked.map(({ presenceRoomIds }) => arrayOf(presenceRoomIds))}::text[]
    ) with ordinality as asked (person_id, issued_at, session_id, room_ids, presence_ids, place)
    left join lateral (
      select
        caller.epoch as person,
        team.epoch as team,
        (
          select coalesce(json_agg(json_build_object('id', r.id, 'epoch', r.epoch)), '[]')
          from unnest(asked.room_ids::uuid[]) as wanted (id)
          join memberships mine on mine.room_id = wanted.id and mine.person_id = caller.id
          join rooms r on r.id = mine.room_id
        ) as rooms,
        array(
          select id::text from unnest(asked.presence_ids::uuid[]) as room (id)
          where (
            select count(*) from (
              select from memberships where room_id = room.id limit ${fewMembers}::int + 1
            ) few
          ) <= ${fewMembers}::int
        ) as "fewIn"
      from people caller
      cross join team
      left join sessions theirs on theirs.id = asked.session_id
      where caller.id = asked.person_id
        and caller.blocked_at is null
        and coalesce(to_timestamp(asked.issued_at) >= caller.not_before, true)
        and theirs.ended_at is null
      -- Planned by itself and so by its keys, however the sizes of the tables are guessed.
      limit 1
    ) epochs on true
    order by asked.place`
  return rows.map((row) => (row.person === null ? undefined : row))
}

/** An array in Postgres' own notation: UUIDs need no quoting. */
function arrayOf(ids: readonly string[]): string {
  return `{${ids.join(',')}}`
}
