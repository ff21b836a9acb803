-- What messages are found by. Fed from the log by the consumer `search`, and written by nothing that posts.
create table search_entries (
  room_id uuid not null,
  seq bigint not null,
  -- The revision of the message that this was made of; an older one never replaces a newer one.
  rev bigint not null,
  at timestamptz(3) not null,
  author_id uuid not null,
  -- The words of the text, folded, each with a space before and after it. Empty for what cannot be found.
  words text collate "C" not null,
  -- Numbers of the beginnings of its words, its room, its author, what it has, and when it was said; two things may have the
  -- same number, so what they find is compared with the other columns.
  keys integer[] not null,
  primary key (room_id, seq)
);

-- What waits to be merged into the index is read by every search, so it may not grow.
create index search_entries_keys on search_entries using gin (keys) with (fastupdate = on, gin_pending_list_limit = 512);

-- Up to where the messages that were there before the consumer are still to be indexed, from the newest to the oldest.
create table search_fill (
  room_id uuid primary key references rooms,
  below bigint not null
);

-- A text that is changed or removed is not found from then on: it leaves the index in the same transaction. A row without words
-- stays, with the revision, so that a consumer which has read the old text before cannot put it back.
create function forget_text() returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from search_entries where room_id = old.room_id and seq = old.seq;
    return null;
  end if;
  insert into search_entries as entry (room_id, seq, rev, at, author_id, words, keys)
  values (new.room_id, new.seq, new.rev, new.created_at, new.author_id, '', '{}')
  on conflict (room_id, seq) do update set rev = excluded.rev, words = '', keys = '{}'
  where entry.rev <= excluded.rev;
  return null;
end
$$;

create trigger forget_changed_text after update of text, removed_at on messages
for each row when (old.text is distinct from new.text or old.removed_at is distinct from new.removed_at)
execute function forget_text();

create trigger forget_deleted_text after delete on messages for each row execute function forget_text();

-- The consumer begins where the messages that were there end; nobody posts in between.
lock table rooms in share row exclusive mode;

insert into consumers (name, reads) values ('search', '{room}');
insert into cursors (consumer, stream, rev) select 'search', stream, rev from heads where kind = 'room' and rev > 0;
insert into search_fill (room_id, below) select id, last_seq + 1 from rooms where last_seq > 0;
