-- Edits, reactions and removals, each in one call, as posts are: a transaction of eight statements cost the api twice the
-- processor time of a post. They lock the room, judge in a statement of its own, write, and emit; the call then passes the
-- caller's gate. Each answers an outcome and the message as it is now: 'changed', 'same' if there was nothing to change, or the slug of
-- the problem, without the message.

-- The last thing in a statement that is a transaction by itself: as `admit`, but whoever is let in no more is refused with an
-- error, which undoes what the statement has written. Its message is the slug of the problem.
create function pass_gate(person uuid, session uuid, issued_at float8) returns boolean
language plpgsql volatile as $$
declare
  refusal constant text := admit(person, session, issued_at);
begin
  if refusal <> '' then
    raise exception using errcode = 'RF001', message = refusal;
  end if;
  return true;
end
$$;

-- Locks a room for somebody who is in it, before anything of it is read. For anybody else nothing is locked or waited for.
create function lock_own_room(person uuid, room uuid) returns boolean
language plpgsql volatile as $$
begin
  perform from rooms
  where id = room and exists (select from memberships where room_id = room and person_id = person)
  for no key update;
  return found;
end
$$;

-- Takes the room's next revision for what has become of a message, which has that revision already, and writes it into the log.
-- Answers the message.
create function emit_message_changed(room uuid, target uuid) returns json
language plpgsql volatile as $$
declare
  message json;
begin
  with moved as (
    update rooms set rev = rev + 1 where id = room returning rev
  ),
  logged as (
    insert into log (stream, rev, kind, subject, type)
    select 'room:' || room, rev, 'message', target, 'message.changed' from moved
  )
  select message_json(m) into message from messages m where m.room_id = room and m.id = target;
  return message;
end
$$;

create function message_now(room uuid, target uuid) returns json
language sql stable
return (select message_json(m) from messages m where m.room_id = room and m.id = target);

-- Gives a message of the actor's another text. Of two edits of a message the later one has the later time, whatever the clock
-- does. Nobody is notified of an edit who was not of the message: it can only take that back, or make it fewer people.
create function edit_message(
  room uuid, target uuid, actor uuid, new_text text, new_mentions uuid[], new_notifies text,
  out outcome text, out message json
)
language plpgsql volatile as $$
begin
  if not lock_own_room(actor, room) then
    outcome := 'room-not-found';
    return;
  end if;
  -- Until the end of the transaction the settings stay as they are.
  perform pg_advisory_xact_lock_shared(workspace_lock());

  -- A statement of its own: its snapshot is taken once the locks are held.
  select case
    when mine.person_id is null then 'room-not-found'
    when m.id is null then 'message-not-found'
    when m.author_id <> actor or m.line is not null then 'not-allowed'
    when m.removed_at is not null then 'message-removed'
    when m.text = new_text then 'same'
    when r.archived_at is not null then 'room-archived'
    when not is_editable(m.created_at) then 'edit-window-over'
    else 'changed'
  end into outcome
  from rooms r
  left join memberships mine on mine.room_id = r.id and mine.person_id = actor
  left join messages m on m.room_id = r.id and m.id = target
  where r.id = room;

  if outcome = 'changed' then
    -- Every part of it reads the message as it was before.
    with before as (
      select * from messages m where m.room_id = room and m.id = target
    ),
    kept as (
      insert into versions (room_id, message_id, number, text, at)
      select before.room_id, before.id,
        1 + coalesce((select max(number) from versions where room_id = room and message_id = target), 0),
        before.text, coalesce(before.edited_at, before.created_at)
      from before cross join workspace
      where workspace.show_versions
    ),
    edited as (
      update messages m set
        text = new_text,
        edited_at = greatest(
          clock_timestamp(), coalesce(m.edited_at, m.created_at) + interval '1 millisecond'
        ),
        mentions = members_among(m.room_id, m.author_id, new_mentions),
        notifies = case
          when m.notifies = 'room' then new_notifies
          when new_notifies is not null then m.notifies
        end,
        rev = r.rev + 1
      from rooms r
      where r.id = room and m.room_id = room and m.id = target
      returning m.seq, m.mentions
    ),
    unmentioned as (
      delete from mentions using before, edited
      where mentions.person_id = any (before.mentions)
        and mentions.room_id = room and mentions.seq = before.seq
        and mentions.person_id <> all (coalesce(edited.mentions, '{}'))
    )
    insert into mentions (person_id, room_id, seq)
    select unnest(edited.mentions), room, edited.seq from edited
    on conflict do nothing;
    message := emit_message_changed(room, target);
  elsif outcome = 'same' then
    message := message_now(room, target);
  end if;
end
$$;

-- Sets or takes back one reaction of the actor's. `named_max` says how many people of each emoji a message names that has one,
-- two, three … different ones; it cannot have more than these.
create function set_reaction(
  room uuid, target uuid, actor uuid, given_emoji text, wanted boolean, named_max integer[],
  out outcome text, out message json
)
language plpgsql volatile as $$
begin
  if not lock_own_room(actor, room) then
    outcome := 'room-not-found';
    return;
  end if;

  -- A statement of its own: its snapshot is taken once the room is locked.
  select case
    when mine.person_id is null then 'room-not-found'
    when m.id is null then 'message-not-found'
    when wanted = exists (
      select from reactions
      where room_id = room and message_id = target and emoji = given_emoji and person_id = actor
    ) then 'same'
    when m.removed_at is not null then 'message-removed'
    when r.archived_at is not null then 'room-archived'
    when wanted and json_array_length(m.reactions) >= cardinality(named_max) and not exists (
      select from reactions where room_id = room and message_id = target and emoji = given_emoji
    ) then 'too-many-reactions'
    else 'changed'
  end into outcome
  from rooms r
  left join memberships mine on mine.room_id = r.id and mine.person_id = actor
  left join messages m on m.room_id = r.id and m.id = target and m.line is null
  where r.id = room;

  if outcome = 'changed' then
    if wanted then
      insert into reactions (room_id, message_id, emoji, person_id, rev)
      select room, target, given_emoji, actor, rev + 1 from rooms where id = room;
    else
      delete from reactions
      where room_id = room and message_id = target and emoji = given_emoji and person_id = actor;
    end if;

    -- A statement of its own: it sees who has reacted now. The count moves by one, because counting would read them all; of each
    -- emoji the first are named, in canonical JSON.
    with listed as (
      select emoji, count, nth
      from messages m
      cross join rows from (json_to_recordset(m.reactions) as (emoji text, count bigint))
        with ordinality as old (emoji, count, nth)
      where m.room_id = room and m.id = target
      union all
      select given_emoji, case when wanted then 1 else -1 end, null
    ),
    counted as (
      -- A new emoji comes last.
      select emoji, sum(count) as count, min(nth) as nth, count(*) over () as different
      from listed group by emoji having sum(count) > 0
    )
    update messages m set
      reactions = (
        select '[' || string_agg(
          '{"count":' || count || ',"emoji":' || to_json(emoji) || ',"people":' || array_to_json(array(
            select person_id from reactions given
            where given.room_id = room and given.message_id = target and given.emoji = counted.emoji
            order by given.rev limit named_max[counted.different]
          )) || '}',
          ',' order by nth nulls last
        ) || ']' from counted
      )::json,
      rev = r.rev + 1
    from rooms r
    where r.id = room and m.room_id = room and m.id = target;
    message := emit_message_changed(room, target);
  elsif outcome = 'same' then
    message := message_now(room, target);
  end if;
end
$$;

-- Deletes all that there is of a message besides its place in the room, as its author or as a moderator of the room. Every table
-- that has something of a message is here; its text leaves the search by a trigger (migration 0027).
create function remove_message(
  room uuid, target uuid, actor uuid, remover text,
  out outcome text, out message json
)
language plpgsql volatile as $$
begin
  if not lock_own_room(actor, room) then
    outcome := 'room-not-found';
    return;
  end if;

  -- A statement of its own: its snapshot is taken once the room is locked.
  select case
    when mine.person_id is null then 'room-not-found'
    when m.id is null then 'message-not-found'
    when m.line is not null then 'not-allowed'
    when remover = 'author' and m.author_id <> actor then 'not-allowed'
    -- In a direct room nobody is above the others; owners and admins of the workspace have an owner's rights in their other rooms.
    when remover = 'moderator' and (r.kind = 'direct' or (mine.role = 'member' and me.role = 'member'))
      then 'not-allowed'
    when m.removed_at is not null then 'same'
    else 'changed'
  end into outcome
  from rooms r
  join people me on me.id = actor
  left join memberships mine on mine.room_id = r.id and mine.person_id = me.id
  left join messages m on m.room_id = r.id and m.id = target
  where r.id = room;

  if outcome = 'changed' then
    with before as (
      select * from messages m where m.room_id = room and m.id = target
    ),
    unversioned as (
      delete from versions where room_id = room and message_id = target
    ),
    unreacted as (
      delete from reactions where room_id = room and message_id = target
    ),
    unmentioned as (
      delete from mentions using before
      where mentions.person_id = any (before.mentions)
        and mentions.room_id = room and mentions.seq = before.seq
    )
    update messages m set
      text = '', edited_at = null, reply_to = null, mentions = null, notifies = null, reactions = null,
      removed_at = clock_timestamp(), removed_by = remover, rev = r.rev + 1
    from rooms r
    where r.id = room and m.room_id = room and m.id = target;
    message := emit_message_changed(room, target);
  elsif outcome = 'same' then
    message := message_now(room, target);
  end if;
end
$$;
