import type postgres from 'postgres'
import type { FloodRoom } from './flood-plan.ts'

/** Makes `flood_rooms`: the plan, with each room's id and the seq and rev that it had before. */
export async function planInDatabase(
  tx: postgres.TransactionSql,
  rooms: readonly FloodRoom[],
): Promise<void> {
  await tx`
    create temporary table flood_rooms on commit drop as
    select planned.*,
      coalesce(
        general.id,
        (lpad(to_hex(1767225600000 + n), 12, '0') || '70028000' || lpad(to_hex(n), 12, '0'))::uuid
      ) as id,
      coalesce(general.last_seq, 0) as seq_before,
      coalesce(general.rev, 0) as rev_before,
      greatest(
        now() - interval '60 days',
        (select max(created_at) from messages where messages.room_id = general.id)
      ) as begins_at
    from json_to_recordset(${JSON.stringify(rooms)}::text::json) as planned (
      n int, kind text, name text, members int, start int, step int,
      has_owner boolean, messages int, owner_unread int
    )
    left join rooms general on planned.n = 0 and general.is_default and general.archived_at is null`
  await tx`alter table flood_rooms add primary key (n)`
  await tx`analyze flood_rooms`
}

/**
 * Makes `flood_members`: who joins what, in order. Whoever made a room and the people of a direct one are in it from its
 * beginning; everybody else's joining is an event, with a revision.
 */
export async function planMembers(tx: postgres.TransactionSql, people: number): Promise<void> {
  await tx`
    create temporary table flood_members on commit drop as
    select joining.*,
      case when is_event
        then rev_before + count(*) filter (where is_event) over (partition by n order by k)
      end as rev
    from (
      select room.n, room.rev_before, place.k, person.id as person_id,
        case
          when room.kind = 'direct' then 'member'
          when room.n = 0 then case when person.n = 0 then 'owner' else 'member' end
          when place.k = 0 then 'owner'
          when place.k = 1 and room.members > 20 then 'moderator'
          else 'member'
        end as role,
        room.n = 0 or (room.kind <> 'direct' and place.k <> 0) as is_event,
        room.begins_at + place.k * interval '1 millisecond' as joined_at
      from flood_rooms room
      cross join lateral (
        select -1 as k, 0 as n where room.has_owner
        union all
        select k, 1 + ((room.start + k::bigint * room.step) % ${people - 1}::int)::int
        from generate_series(0, room.members - 1) k
      ) place
      join flood_people person on person.n = place.n
      where room.n > 0 or not exists (
        select from memberships there
        where there.room_id = room.id and there.person_id = person.id
      )
    ) joining`
  await tx`alter table flood_members add primary key (n, k)`
  await tx`analyze flood_members`
  await tx`alter table flood_rooms add column joined int`
  await tx`
    update flood_rooms set joined =
      (select count(*) from flood_members where flood_members.n = flood_rooms.n and is_event)`
}

/** Adds the rooms with their final seq and rev, and moves those of the room that was there. */
export async function insertRooms(tx: postgres.TransactionSql): Promise<void> {
  await tx`
    insert into rooms (id, kind, name, topic, direct_key, created_by, created_at, last_seq, rev)
    select room.id, room.kind, room.name,
      case when room.n % 3 = 1 then 'What everybody in ' || room.name || ' should know' else '' end,
      case when room.kind = 'direct' then inside.key end,
      inside.first, room.begins_at, room.messages, room.joined + room.messages
    from flood_rooms room
    cross join lateral (
      select
        string_agg(person_id::text, ' ' order by person_id::text collate "C") as key,
        (array_agg(person_id order by k desc) filter (where k <= 0))[1] as first
      from flood_members where flood_members.n = room.n
    ) inside
    where room.n > 0
    order by room.n`
  await tx`
    update rooms set last_seq = rooms.last_seq + flooded.messages,
      rev = rooms.rev + flooded.joined + flooded.messages
    from flood_rooms flooded
    where flooded.n = 0 and rooms.id = flooded.id`
}

/** Everybody has read most; the owner has many rooms with hundreds of unread messages. */
export async function insertMemberships(tx: postgres.TransactionSql): Promise<void> {
  await tx`
    insert into memberships (room_id, person_id, role, read_seq, joined_at)
    select room.id, member.person_id, member.role,
      greatest(0, room.seq_before + room.messages - case
        when member.k = -1 then room.owner_unread
        when (member.k + room.n) % 10 < 7 then 0
        else (member.k * 31 + room.n) % 50
      end),
      member.joined_at
    from flood_members member join flood_rooms room on room.n = member.n
    order by member.n, member.k`
  const [owner] = await tx<{ there: boolean }[]>`
    update memberships set read_seq = flooded.seq_before + flooded.messages - flooded.owner_unread
    from flood_rooms flooded, flood_people owner
    where flooded.n = 0 and owner.n = 0
      and memberships.room_id = flooded.id and memberships.person_id = owner.id
    returning true as there`
  if (!owner) throw new Error('The owner is not in the default room')
  await countMembers(tx)
}

/** Where what members are is stored with the room, whatever keeps it otherwise. */
async function countMembers(tx: postgres.TransactionSql): Promise<void> {
  const columns = await columnsOfRooms(tx)
  if (columns.has('member_count'))
    await tx`
      update rooms set member_count = counted.count
      from (select room_id, count(*) from memberships group by room_id) counted
      where counted.room_id = rooms.id and rooms.member_count is distinct from counted.count`
  if (columns.has('members_rev'))
    await tx`
      update rooms set members_rev = flooded.rev_before + flooded.joined
      from flood_rooms flooded
      where rooms.id = flooded.id and flooded.joined > 0`
}

/** What the table has depends on how far its migrations have come. */
export async function columnsOfRooms(tx: postgres.TransactionSql): Promise<Set<string>> {
  const columns = await tx<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = 'rooms'`
  return new Set(columns.map(({ name }) => name))
}
