-- Who was taken out of an open room and may not join it again by themselves; whoever adds them takes the row away.
create table kept_out (
  room_id uuid not null references rooms,
  person_id uuid not null references people,
  created_at timestamptz not null default now(),
  primary key (room_id, person_id)
);

create index on kept_out (person_id);
