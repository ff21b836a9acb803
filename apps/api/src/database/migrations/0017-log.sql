-- Everything that happens in a stream, in order. Publishing to the realtime vendor is one reader of it, catching up another;
-- each reads at its own pace (docs/consumers.md).
create table log (
  -- 'room:<id>', 'person:<id>' or 'team'
  stream text collate "C" not null,
  rev bigint not null,
  -- What it happened to: a 'message', a 'member' or, in the team, a 'person'; and which one. A 'notice' to a person names none.
  kind text not null,
  subject uuid,
  type text not null,
  -- json, not jsonb: the order of fields is kept. Of a message there is none: what was said stands in one place, and whoever
  -- reads the log is given it from there, so what is changed or removed there is out of every reader's reach.
  data json,
  at timestamptz(3) not null default clock_timestamp(),
  primary key (stream, rev),
  check (kind <> 'message' or data is null)
);

-- Who reads the log, and which kinds of streams. Whoever is in this table keeps what they have not read from being trimmed.
create table consumers (
  name text collate "C" primary key,
  reads text[] not null
);

-- How far each consumer has come in each stream; no row: it has read nothing of it. Written over and over, so half of each
-- page is left free for the next version of a row.
create table cursors (
  consumer text collate "C" not null references consumers on delete cascade,
  stream text collate "C" not null,
  rev bigint not null,
  primary key (consumer, stream)
) with (fillfactor = 50);

-- How far each stream has come.
create view heads as
select 'room' as kind, 'room:' || id as stream, rev from rooms
union all
select 'person', 'person:' || id, rev from people
union all
select 'team', 'team', rev from team;

-- In which streams each consumer is behind: by how many events, and since when the first of them waits. It reads every head and
-- every cursor once ('offset 0' keeps it from looking up a cursor for each head, which takes four times as long).
create view lagging as
select consumers.name as consumer, heads.stream, heads.rev - coalesce(reached.rev, 0) as waiting, unread.at as since
from consumers
join heads on heads.kind = any (consumers.reads)
left join (select * from cursors offset 0) reached
  on reached.consumer = consumers.name and reached.stream = heads.stream
cross join lateral (
  select at from log
  where log.stream = heads.stream and log.rev > coalesce(reached.rev, 0)
  order by log.rev limit 1
) unread
where heads.rev > coalesce(reached.rev, 0);

-- Held while a consumer works on a stream, on whichever instance. Each consumer has its own, so none waits for another.
create function cursor_lock(consumer text, stream text) returns bigint
language sql immutable parallel safe
return hashtextextended(consumer || ' ' || stream, 0);

-- Takes a consumer's locks of these streams until the end of the transaction, and reads what comes next in each: an event of
-- each before a second of any, so that no stream waits until another has said everything.
create function read_log(consumer text, streams text[], most integer)
returns table (stream text, rev bigint, kind text, subject uuid, type text, data json, at timestamptz, epoch bigint)
language plpgsql volatile as $$
#variable_conflict use_column
begin
  -- In one order on all instances, so that two of them never wait for each other.
  perform pg_advisory_xact_lock(key) from (
    select distinct cursor_lock(read_log.consumer, name) as key from unnest(streams) as given (name) order by key
  ) keys;

  -- A statement of its own: its snapshot is taken once the locks are held. Events and epochs are of that one snapshot,
  -- so an event never meets an epoch older than itself.
  return query
  select next.stream, next.rev, next.kind, next.subject,
    case when next.kind <> 'message' or message.json is not null then next.type else 'message.superseded' end,
    case when next.kind <> 'message' then next.data else coalesce(message.json, '{}') end,
    next.at,
    case split_part(next.stream, ':', 1)
      when 'room' then (
        select epoch from rooms where rooms.id = split_part(next.stream, ':', 2)::uuid
      )
      when 'person' then (
        select epoch from people where people.id = split_part(next.stream, ':', 2)::uuid
      )
      else (select epoch from team)
    end
  from (
    -- Revisions have no gaps. Whoever is not registered has no cursors, and would be given everything that is kept.
    select unread.*, unread.rev - coalesce(cursors.rev, 0) as nth
    from consumers cross join unnest(streams) as given (name)
    left join cursors on cursors.consumer = read_log.consumer and cursors.stream = given.name
    cross join lateral (
      select * from log
      where log.stream = given.name and log.rev > coalesce(cursors.rev, 0)
      order by log.rev limit most
    ) unread
    where consumers.name = read_log.consumer
    order by nth, unread.stream
    limit most
  ) next
  left join lateral (
    select message_json(m) as json from messages m
    where next.kind = 'message' and m.id = next.subject
      and m.room_id = case when next.kind = 'message' then split_part(next.stream, ':', 2)::uuid end
      -- That it was posted is told in any case, because no later event tells it.
      and (m.rev = next.rev or next.type = 'message.posted')
    limit 1
  ) message on true
  order by nth, next.stream;
  if not found and not exists (select from consumers where consumers.name = read_log.consumer) then
    raise exception 'The consumer % is not registered any more; start it again', read_log.consumer;
  end if;
end
$$;

-- What waits to be published and what clients catch up by become one. Whoever writes either waits here until the end.
lock table outbox, changes in access exclusive mode;

-- As many revisions of a room as catching up answers, and whatever is not published yet. What was published of members is
-- known by its subject only, and nobody is told of it again.
insert into log (stream, rev, kind, subject, type, data, at)
select 'room:' || changes.room_id, changes.rev, changes.kind, changes.subject,
  case when changes.kind = 'message' then 'message.posted' else coalesce(outbox.type, 'changed') end,
  case when changes.kind = 'message' then null else outbox.data end,
  coalesce(outbox.at, clock_timestamp())
from changes
join rooms on rooms.id = changes.room_id
left join outbox on outbox.stream = 'room:' || changes.room_id and outbox.rev = changes.rev
where changes.rev > rooms.rev - 500 or outbox.rev is not null
union all
select stream, rev, case stream when 'team' then 'person' else 'notice' end,
  case stream when 'team' then coalesce(data ->> 'id', data ->> 'personId')::uuid end, type, data, at
from outbox
where stream not like 'room:%';

insert into consumers (name, reads) values ('relay', '{room,person,team}');

insert into cursors (consumer, stream, rev)
select 'relay', heads.stream, coalesce(min(outbox.rev) - 1, heads.rev)
from heads left join outbox on outbox.stream = heads.stream
where heads.rev > 0
group by heads.stream, heads.rev;

drop function take_oldest;
drop table outbox, changes;

insert into rounds (name, began_at) values ('log', '-infinity');

-- As in migration 0012, with one row in the log where there was one in `changes` and one in `outbox`.
create or replace function post_messages(
  ids uuid[], room_ids uuid[], author_ids uuid[], session_ids uuid[], issued_ats float8[], texts text[]
)
returns table (place bigint, outcome text, message json)
language plpgsql volatile as $$
#variable_conflict use_column
declare
  held uuid[];
begin
  -- In id order, so that two batches never wait for each other.
  select coalesce(array_agg(id), '{}') into held from (
    select id from rooms
    where id in (
      select membership.room_id
      from unnest(room_ids, author_ids) as given (room_id, author_id)
      join memberships membership
        on membership.room_id = given.room_id and membership.person_id = given.author_id
    )
    order by id for no key update
  ) locked;

  -- After the rooms, because nobody may wait for anything of ours once they are inside. In one order.
  perform pg_advisory_xact_lock_shared(gate) from (
    select distinct gate_of(author_id) as gate from unnest(author_ids) as given (author_id) order by gate
  ) gates;

  -- A statement of its own: its snapshot is taken once the locks are held, and sees the last seq.
  return query
  with item as (
    select *
    from unnest(ids, room_ids, author_ids, session_ids, issued_ats, texts) with ordinality
      as given (id, room_id, author_id, session_id, issued_at, text, place)
  ),
  judged as (
    select
      item.*,
      room.last_seq,
      room.rev,
      message_json(stored) as stored_message,
      case
        when author.id is null then 'not-signed-in'
        when author.blocked_at is not null then 'access-removed'
        when (select ended_at from sessions where sessions.id = item.session_id) is not null
          then 'signed-out'
        when to_timestamp(item.issued_at) < author.not_before then 'not-signed-in'
        -- Who became a member only after the locks were taken comes a moment too early.
        when membership.person_id is null or room.id <> all (held) then 'not-found'
        when stored.author_id = item.author_id and stored.text = item.text then 'repeat'
        when stored.id is not null then 'taken'
        when room.archived_at is not null then 'archived'
      end as refusal
    from item
    left join rooms room on room.id = item.room_id
    left join memberships membership
      on membership.room_id = item.room_id and membership.person_id = item.author_id
    left join people author on author.id = item.author_id
    left join messages stored on stored.room_id = item.room_id and stored.id = item.id
  ),
  -- The same id twice in one batch: the first is posted, the others are compared with it.
  fresh as (
    select distinct on (room_id, id) * from judged where refusal is null order by room_id, id, place
  ),
  numbered as (
    select *, row_number() over (partition by room_id order by place) as nth from fresh
  ),
  inserted as (
    insert into messages as m (room_id, id, seq, rev, author_id, text, created_at)
    select room_id, id, last_seq + nth, rev + nth, author_id, text, clock_timestamp()
    from numbered
    order by room_id, nth
    returning m.room_id, m.id, m.rev, m.author_id, m.text, m.created_at, message_json(m) as message
  ),
  advanced as (
    update rooms set last_seq = rooms.last_seq + added.count, rev = rooms.rev + added.count
    from (select room_id, count(*) from inserted group by room_id) added
    where rooms.id = added.room_id
  ),
  logged as (
    insert into log (stream, rev, kind, subject, type, at)
    select 'room:' || room_id, rev, 'message', id, 'message.posted', created_at
    from inserted
    order by room_id, rev
  )
  select
    judged.place,
    case
      when judged.refusal is not null then judged.refusal
      when fresh.place = judged.place then 'posted'
      when fresh.author_id = judged.author_id and fresh.text = judged.text then 'repeat'
      else 'taken'
    end,
    -- Somebody else's message is never in the answer.
    case
      when judged.refusal = 'repeat' then judged.stored_message
      when inserted.author_id = judged.author_id and inserted.text = judged.text
        then inserted.message
    end
  from judged
  left join fresh
    on judged.refusal is null and fresh.room_id = judged.room_id and fresh.id = judged.id
  left join inserted on inserted.room_id = fresh.room_id and inserted.id = fresh.id
  order by judged.place;
end
$$;
