alter table memberships
  -- The revision of the person's own stream at which they joined, or last set their position by hand: of two positions the one
  -- of the higher version counts.
  add column read_version bigint not null default 0;

-- The messages that I need not read because they are mine: without it, all messages after my position would be looked at.
create index messages_by_author on messages (room_id, author_id, seq);
