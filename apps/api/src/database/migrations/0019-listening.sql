-- When the api last signed somebody's own channel for them: until presence knows of it, this is how to know that they are
-- connected. Unlogged, because it counts for minutes only: what a crash of Postgres loses, presence has soon.
create unlogged table listening (
  person_id uuid primary key references people,
  signed_at timestamptz not null
);

create index on listening (signed_at);

create index on presence (person_id) where online;

-- Who is connected to the realtime vendor, as far as we can know; presence is corrected each minute. Somebody who has left
-- may be among them, and is told for nothing.
create view connected as
select person_id from presence where online
union
select person_id from listening where signed_at > now() - interval '3 minutes';

-- Whether a room is left without an owner is asked of its owners, and not of its members.
create index on memberships (room_id, person_id) where role = 'owner';
