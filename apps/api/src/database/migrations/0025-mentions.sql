-- As in migration 0022, but owners and admins of the workspace may also write to everybody where only moderators may:
-- they have an owner's rights in every room that they are in.
create or replace function post_messages(
  ids uuid[], room_ids uuid[], author_ids uuid[], session_ids uuid[], issued_ats float8[], texts text[],
  reply_tos uuid[], mentions text[], notifies text[]
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
    from unnest(ids, room_ids, author_ids, session_ids, issued_ats, texts, reply_tos, mentions, notifies)
      with ordinality
      as given (id, room_id, author_id, session_id, issued_at, text, reply_to, mentions, notifies, place)
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
        when stored.author_id = item.author_id and (
          stored.text = item.text and stored.reply_to is not distinct from item.reply_to
          -- What was sent is not there any more to be compared with.
          or stored.edited_at is not null or stored.removed_at is not null
        ) then 'repeat'
        when stored.id is not null then 'taken'
        when room.archived_at is not null then 'archived'
        when item.reply_to is not null and not exists (
          select from messages original
          where original.room_id = item.room_id and original.id = item.reply_to and original.line is null
        ) then 'no-original'
        when item.notifies is not null and room.notify_all = 'moderators'
          and membership.role = 'member' and author.role = 'member' then 'not-allowed'
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
    insert into messages as m (
      room_id, id, seq, rev, author_id, text, created_at, reply_to, mentions, notifies
    )
    select room_id, id, last_seq + nth, rev + nth, author_id, text, clock_timestamp(), reply_to,
      case when mentions is not null then members_among(room_id, author_id, mentions::uuid[]) end, notifies
    from numbered
    order by room_id, nth
    returning m.room_id, m.id, m.seq, m.rev, m.author_id, m.text, m.created_at, m.reply_to, m.mentions,
      message_json(m) as message
  ),
  mentioned as (
    insert into mentions (person_id, room_id, seq)
    select unnest(mentions), room_id, seq from inserted where mentions is not null
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
      when fresh.author_id = judged.author_id and fresh.text = judged.text
        and fresh.reply_to is not distinct from judged.reply_to then 'repeat'
      else 'taken'
    end,
    -- Somebody else's message is never in the answer.
    case
      when judged.refusal = 'repeat' then judged.stored_message
      when inserted.author_id = judged.author_id and inserted.text = judged.text
        and inserted.reply_to is not distinct from judged.reply_to then inserted.message
    end
  from judged
  left join fresh
    on judged.refusal is null and fresh.room_id = judged.room_id and fresh.id = judged.id
  left join inserted on inserted.room_id = fresh.room_id and inserted.id = fresh.id
  order by judged.place;
end
$$;
