-- Who reacted to a message with what: one of each emoji for each person, as its key says.
create table reactions (
  room_id uuid not null,
  message_id uuid not null,
  -- By its bytes: how an operating system sorts emoji changes with its version, and would break the keys below.
  emoji text collate "C" not null,
  person_id uuid not null references people,
  -- The room's revision that it came with. It says who was first, which no clock can.
  rev bigint not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  primary key (room_id, message_id, emoji, person_id),
  foreign key (room_id, message_id) references messages (room_id, id) on delete cascade
);
create unique index reactions_by_rev on reactions (room_id, message_id, emoji, rev);

-- The same as the message shows it, so that reading a page costs nothing more: how many, and the first few of them. Written
-- with each reaction, as canonical JSON (`canonicalJson` in packages/shared); null when there are none.
alter table messages add column reactions json;

-- As in migration 0015, with one field more.
create or replace function message_json(m messages) returns json
language sql stable
return (
  '{"authorId":"' || m.author_id
  || '","createdAt":"' || wire_time(m.created_at)
  || '","id":"' || m.id || '"'
  || coalesce(',"reactions":' || m.reactions::text, '')
  || ',"rev":' || m.rev
  || ',"roomId":"' || m.room_id
  || '","seq":' || m.seq
  || ',"text":' || to_json(m.text)
  || '}'
)::json;
