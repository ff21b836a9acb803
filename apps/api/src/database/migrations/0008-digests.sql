-- SHA-256 of the message as packages/shared/src/messages.digest.ts writes it; a test holds the two together.
-- Immutable in fact: to_char and convert_to are only `stable` for the names of months, and for conversions between
-- encodings that could be replaced, of which this uses none. Nothing of ours is called, because a restored dump writes
-- the rows before any search path is set. plpgsql takes half the time of sql here.
create function message_digest(
  id uuid, room_id uuid, seq bigint, rev bigint, author_id uuid, created_at timestamptz, text text
) returns bytea
language plpgsql immutable strict parallel safe as $$
begin
  return sha256(convert_to(
    concat_ws(
      ' ', id, room_id, seq, rev, author_id,
      to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), text
    ),
    'UTF8'
  ));
end
$$;

-- Generated, so that nothing can write a message and forget its digest.
alter table messages add column digest bytea not null generated always as (
  message_digest(id, room_id, seq, rev, author_id, created_at, text)
) stored;
