-- The channel of somebody's own notices has an epoch as well, so that an old connection can be left behind.
alter table people
  add column epoch bigint not null default 0,
  add column blocked_reason text,
  add column blocked_by uuid references people;

-- Where people are signed in, as told apart by Auth0's session id.
create table sessions (
  id uuid primary key default uuidv7(),
  person_id uuid not null references people,
  sid text not null,
  user_agent text not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  last_seen_at timestamptz(3) not null default clock_timestamp(),
  -- A token of this session is refused from then on, however new it is.
  ended_at timestamptz(3),
  unique (person_id, sid)
);

-- What has to happen elsewhere after access was taken or given back. The api's own refusal waits for none of it.
create table revocation_steps (
  id bigint generated always as identity primary key,
  person_id uuid not null references people,
  kind text not null check (
    kind in ('sockets-closed', 'auth0-blocked', 'auth0-unblocked', 'auth0-sessions-ended')
  ),
  -- Of one session, where it is not all of them.
  session_id uuid references sessions,
  created_at timestamptz(3) not null default clock_timestamp(),
  attempts int not null default 0,
  next_at timestamptz(3) not null default clock_timestamp(),
  done_at timestamptz(3),
  last_error text
);

create index on revocation_steps (next_at) where done_at is null;
create index on revocation_steps (person_id);
