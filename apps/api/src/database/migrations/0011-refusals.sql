-- Channels that somebody who lost access may still hear, until each has a new name and with it a new key. Written with
-- the refusal, in its transaction; whoever comes first takes the rows and raises the epochs.
create table cuts (
  id bigint generated always as identity primary key,
  person_id uuid not null references people,
  -- As in the outbox.
  stream text not null,
  created_at timestamptz not null default clock_timestamp()
);

create index on cuts (person_id);

-- Everything that is written on somebody's behalf passes their gate as the last thing before its commit; whoever takes
-- their access closes it until theirs. An advisory lock, because it is fair: who wants to close a gate waits for those
-- who are inside and for nobody who comes after, where rows that are locked `for share` again and again are never free.
-- Inside nobody waits for anything, so a gate is in no circle of those who wait for each other.
create function gate_of(person uuid) returns bigint
language sql immutable parallel safe
-- With the cast it is planned into whatever calls it; '||' with a uuid is only stable.
return hashtextextended('gate:' || person::text, 0);

-- Why somebody with this session and a token of this age is let in no more, as the slug of a problem; '' when they are.
create function refusal_of(person uuid, session uuid, issued_at float8) returns text
language sql stable
return coalesce((
  select case
    when p.blocked_at is not null then 'access-removed'
    when s.ended_at is not null then 'signed-out'
    when to_timestamp(issued_at) < p.not_before then 'not-signed-in'
    else ''
  end
  from people p left join sessions s on s.id = session
  where p.id = person
), 'not-signed-in');

-- The same inside the gate, where it stays true until the end of the transaction.
create function admit(person uuid, session uuid, issued_at float8) returns text
language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(gate_of(person));
  -- A statement of its own: its snapshot is taken inside.
  return refusal_of(person, session, issued_at);
end
$$;

-- Posts a batch; item for item answers posted, repeat, taken, archived or not-found, or why its author is let in no more.
drop function post_messages(uuid[], uuid[], uuid[], text[]);
create function post_messages(
  ids uuid[], room_ids uuid[], author_ids uuid[], session_ids uuid[], issued_ats float8[], texts text[]
)
returns table (place bigint, outcome text, message json)
language plpgsql volatile as $$
#variable_conflict use_column
begin
  -- In id order, so that two batches never wait for each other.
  perform from rooms where id = any (room_ids) order by id for no key update;

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
        when membership.person_id is null then 'not-found'
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
  noted as (
    insert into changes (room_id, rev, kind, subject)
    select room_id, rev, 'message', id from inserted
  ),
  queued as (
    insert into outbox (stream, rev, type, data, at)
    select 'room:' || room_id, rev, 'message.posted', message, created_at
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
