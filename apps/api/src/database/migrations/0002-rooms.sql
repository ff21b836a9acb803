create table rooms (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('open', 'closed', 'direct')),
  name text not null,
  topic text not null default '',
  -- Everyone joins on arrival.
  is_default boolean not null default false,
  -- The sorted ids of a direct room's people, so that there is only one of them.
  direct_key text unique,
  rev bigint not null default 0,
  last_seq bigint not null default 0,
  epoch bigint not null default 0,
  archived_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  check ((kind = 'direct') = (direct_key is not null))
);

-- Milliseconds are what the wire carries, so both sides sort by the same value.
create table memberships (
  room_id uuid not null references rooms,
  person_id uuid not null references people,
  role text not null check (role in ('owner', 'moderator', 'member')),
  read_seq bigint not null default 0,
  joined_at timestamptz(3) not null default clock_timestamp(),
  primary key (room_id, person_id)
);

create index on memberships (person_id);

-- What changed at each revision of a room; the current state is fetched, never kept here.
create table changes (
  room_id uuid not null references rooms,
  rev bigint not null,
  kind text not null check (kind in ('message', 'member')),
  subject uuid not null,
  primary key (room_id, rev)
);

insert into rooms (id, kind, name, is_default)
values ('01900000-0000-7000-8000-000000000001', 'open', 'General', true);
