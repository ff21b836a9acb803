-- Presence changes for many people at once, so it is stored as it comes, and the team is told about once a second.
alter table presence
  -- What the team has been told, and what everybody is shown.
  add column shown_online boolean not null default false,
  -- When `online` changed last. Who is back within a moment was never away.
  add column changed_at timestamptz not null default clock_timestamp();

update presence set shown_online = online;

create index presence_not_shown on presence (changed_at) where online <> shown_online;

-- When the team may be told again. Its lock is held by whoever tells it, on whichever instance.
create table presence_turn (
  next_at timestamptz not null
);

insert into presence_turn (next_at) values ('-infinity');

-- People who are in more rooms than they subscribe to: they are told by hints which of the others have moved.
create index people_in_many_rooms on people (id) where room_count > 38;

-- As read_log, for a consumer that asks what has moved and not what has happened: takes its locks of these streams, and reads
-- the last event of each, without its data.
create function read_last(consumer text, streams text[])
returns table (stream text, rev bigint, kind text, subject uuid, type text, data json, at timestamptz, epoch bigint)
language plpgsql volatile as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock(key) from (
    select distinct cursor_lock(read_last.consumer, name) as key from unnest(streams) as given (name) order by key
  ) keys;

  -- A statement of its own: its snapshot is taken once the locks are held.
  return query
  select last.stream, last.rev, last.kind, last.subject, last.type, null::json, last.at,
    case split_part(last.stream, ':', 1)
      when 'room' then (
        select epoch from rooms where rooms.id = split_part(last.stream, ':', 2)::uuid
      )
      when 'person' then (
        select epoch from people where people.id = split_part(last.stream, ':', 2)::uuid
      )
      else (select epoch from team)
    end
  from consumers cross join unnest(streams) as given (name)
  left join cursors on cursors.consumer = read_last.consumer and cursors.stream = given.name
  cross join lateral (
    select * from log
    where log.stream = given.name and log.rev > coalesce(cursors.rev, 0)
    order by log.rev desc limit 1
  ) last
  where consumers.name = read_last.consumer
  order by last.stream;
  if not found and not exists (select from consumers where consumers.name = read_last.consumer) then
    raise exception 'The consumer % is not registered any more; start it again', read_last.consumer;
  end if;
end
$$;
