-- True of it since it was made: to_char is only `stable` for the names of months, which it does not write.
alter function wire_time(timestamptz) immutable;

-- SHA-256 of the message as packages/shared/src/messages.digest.ts writes it; a test holds the two together.
-- convert_to is only `stable` because a conversion between encodings can be replaced; there is none from UTF-8.
create function message_digest(
  id uuid, room_id uuid, seq bigint, rev bigint, author_id uuid, created_at timestamptz, text text
) returns bytea
language sql immutable parallel safe
return sha256(convert_to(
  id || ' ' || room_id || ' ' || seq || ' ' || rev || ' ' || author_id || ' '
    || wire_time(created_at) || ' ' || text,
  'UTF8'
));

-- Generated, so that nothing can write a message and forget its digest.
alter table messages add column digest bytea not null generated always as (
  message_digest(id, room_id, seq, rev, author_id, created_at, text)
) stored;
