create table people (
  id uuid primary key default uuidv7(),
  -- Auth0's name for the person; never leaves the server.
  auth0_sub text not null unique,
  name text not null,
  email text not null,
  email_verified boolean not null,
  avatar_url text,
  role text not null check (role in ('owner', 'admin', 'member')),
  status text not null default 'available' check (status in ('available', 'busy', 'away')),
  -- Counts the person's own notices.
  rev bigint not null default 0,
  blocked_at timestamptz(3),
  -- Access tokens issued earlier are refused.
  not_before timestamptz(3),
  created_at timestamptz(3) not null default now()
);

-- One row: what everyone in the team sees of each other.
create table team (
  singleton boolean primary key default true check (singleton),
  rev bigint not null default 0,
  epoch bigint not null default 0
);

insert into team default values;
