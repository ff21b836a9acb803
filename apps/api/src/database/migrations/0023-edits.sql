-- What owners and admins decide for everybody. One row.
create table workspace (
  singleton boolean primary key default true check (singleton),
  -- For how many minutes a message can be edited; 0: never, null: at any time.
  edit_window_minutes integer check (edit_window_minutes in (0, 5, 60, 1440)),
  -- Whether earlier texts of edited messages are kept, for all members of the room to read.
  show_versions boolean not null default true
);

insert into workspace default values;

-- The texts that messages had before they were edited. A message that was removed has none.
create table versions (
  room_id uuid not null,
  message_id uuid not null,
  -- Counted from 1, the text that was posted.
  number integer not null,
  text text not null,
  -- Since when the message had this text.
  at timestamptz(3) not null,
  primary key (room_id, message_id, number),
  foreign key (room_id, message_id) references messages (room_id, id) on delete cascade
);

-- Edits hold it together, and a change of the settings holds it alone: so nothing is kept of an edit that is under way while the
-- workspace stops keeping. An advisory lock, because it is fair (as with gates, 0012).
create function workspace_lock() returns bigint
language sql immutable parallel safe
return hashtextextended('workspace', 0);

-- Whether a message of this time can still be edited, by the database's clock.
create function is_editable(created_at timestamptz) returns boolean
language sql volatile
return (
  select edit_window_minutes is null
    or clock_timestamp() < created_at + edit_window_minutes * interval '1 minute'
  from workspace
);
