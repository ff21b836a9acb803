-- Presence changes for many people at once, so it is stored as it comes, and the team is told about once a second.
alter table presence
  -- What the team has been told, and what everybody is shown.
  add column shown_online boolean not null default false,
  -- When `online` changed last. Who is back within a moment was never away.
  add column changed_at timestamptz not null default clock_timestamp();

update presence set shown_online = online;

create index presence_not_shown on presence (changed_at) where online <> shown_online;

-- When the team may be told again. Its lock is held by whoever tells it, on whichever instance.
create table presence_turn (
  next_at timestamptz not null
);

insert into presence_turn (next_at) values ('-infinity');
