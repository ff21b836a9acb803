-- A message as canonical JSON: fields in the order of their names, no space between, what a message does not have left out
-- (RFC 8785, for the values that messages have). Readers write the same of any message, with fields they do not know too, so a
-- new field is one line here and the digests of what was said before stay as they are. A test holds the two together.
-- As text, because that is half the work of building it from a row; text that people wrote goes through to_json.
create or replace function message_json(m messages) returns json
language sql stable
return (
  '{"authorId":"' || m.author_id
  || '","createdAt":"' || wire_time(m.created_at)
  || '","id":"' || m.id
  || '","rev":' || m.rev
  || ',"roomId":"' || m.room_id
  || '","seq":' || m.seq
  || ',"text":' || to_json(m.text)
  || '}'
)::json;

-- By a trigger, so that nothing can write a message and forget its digest; a generated column may not read other tables, where
-- some of a message will be.
alter table messages alter column digest drop expression;
drop function message_digest;

create function digest_message() returns trigger
language plpgsql as $$
begin
  new.digest := sha256(convert_to(message_json(new)::text, 'UTF8'));
  return new;
end
$$;

create trigger digest_message before insert or update on messages
for each row execute function digest_message();

-- Once, because what was there was hashed in another form.
update messages set digest = digest;
