-- Events committed with the change they tell of, deleted once published.
create table outbox (
  id bigint generated always as identity primary key,
  -- 'room:<id>', 'person:<id>' or 'team'
  stream text not null,
  rev bigint not null,
  type text not null,
  -- json, not jsonb: the order of fields is kept.
  data json not null,
  at timestamptz(3) not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  unique (stream, rev)
);
