-- Who has a connection to the realtime vendor right now.
create table presence (
  person_id uuid primary key references people,
  online boolean not null,
  -- The vendor's clock at the last webhook applied; one from before it came too late.
  told_at_ms bigint not null default 0
);

-- What vendors have told us, so that a repeat is known as one.
create table deliveries (
  id text primary key,
  received_at timestamptz not null default now()
);

create index on deliveries (received_at);

-- Channels of an epoch that is over, which somebody still listens to.
create table lurkers (
  channel text primary key,
  first_seen_at timestamptz not null default now()
);

-- Work that one instance does for all, about once a minute.
create table rounds (
  name text primary key,
  began_at timestamptz not null
);

insert into rounds (name, began_at) values ('presence', '-infinity'), ('auth0', '-infinity');
