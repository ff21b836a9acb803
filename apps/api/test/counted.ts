import type { Sql } from '../src/database/connection.ts'

/** Rooms and people whose stored counts, or the revision of whose members, are not what a count and the log say. */
export async function miscounted(sql: Sql): Promise<unknown[]> {
  const rooms = await sql`
    select * from (
      select
        id, name, member_count, members_rev,
        (select count(*) from memberships where room_id = rooms.id) as counted,
        coalesce(
          (select max(rev) from log where stream = 'room:' || rooms.id and kind = 'member'), 0
        ) as logged
      from rooms
    ) room
    where member_count <> counted or members_rev <> logged`
  const people = await sql`
    select * from (
      select
        id, name, room_count,
        (select count(*) from memberships where person_id = people.id) as counted
      from people
    ) person
    where room_count <> counted`
  return [...rooms, ...people]
}
