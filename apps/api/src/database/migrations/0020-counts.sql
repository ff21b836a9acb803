-- How many members a room has, and how many rooms somebody is in, are stored: a list of rooms must not count 10,000
-- memberships for a number. In one order with those who write memberships: the rooms, the memberships, the people.
lock table rooms, memberships, people in access exclusive mode;

alter table rooms
  add column member_count integer not null default 0,
  -- The revision of the last change of its members: what is held of them is out of date once this is another.
  add column members_rev bigint not null default 0;

alter table people
  add column room_count integer not null default 0,
  -- What lists of people are sorted by and searched in, as in migration 0016 for rooms.
  add column folded_name text collate "pg_unicode_fast"
    generated always as (casefold(normalize(name, nfkd) collate "pg_unicode_fast")) stored;

create index people_by_name on people (folded_name, id);

-- Of members whose change the log does not have any more, nobody holds an older list than from before this migration.
update rooms set
  member_count = counted.members,
  members_rev = coalesce(
    (select max(rev) from log where stream = 'room:' || rooms.id and kind = 'member'), 0
  )
from (select room_id, count(*) as members from memberships group by room_id) counted
where counted.room_id = rooms.id;

update people set room_count = counted.rooms
from (select person_id, count(*) as rooms from memberships group by person_id) counted
where counted.person_id = people.id;

-- Counted by the statement that writes memberships. Its transaction holds the rooms and the people already, which is the
-- one order of locks, so nothing waits here; in any other order the counts would be right as well, only two such
-- transactions could wait for each other, and Postgres would end one.
create function count_memberships() returns trigger
language plpgsql as $$
declare
  change constant integer := case tg_op when 'INSERT' then 1 else -1 end;
begin
  update rooms set member_count = member_count + change * counted.members
  from (select room_id, count(*) as members from changed group by room_id) counted
  where counted.room_id = rooms.id;

  update people set room_count = room_count + change * counted.rooms
  from (select person_id, count(*) as rooms from changed group by person_id) counted
  where counted.person_id = people.id;
  return null;
end
$$;

create trigger count_added after insert on memberships referencing new table as changed
for each statement execute function count_memberships();

create trigger count_removed after delete on memberships referencing old table as changed
for each statement execute function count_memberships();
