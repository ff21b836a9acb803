-- Posts a batch; item for item answers posted, repeat, taken, archived or not-found, or why its author is let in no more.
-- A room is locked only for those of its members who post. Locking any room that was named told by the time it took, and by
-- waiting for whoever else had it locked, that there is such a room; and it wrote, and so flushed, for what was refused.
drop function post_messages(uuid[], uuid[], uuid[], text[]);
create function post_messages(
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
