-- A message is found by the time that it shows. Where that is changed (messages that came from elsewhere, or a demonstration),
-- its room is indexed again in the background; until then, what the index says of another time is not shown.
create function index_again() returns trigger
language plpgsql as $$
begin
  insert into search_fill as fill (room_id, below) values (new.room_id, new.seq + 1)
  on conflict (room_id) do update set below = greatest(fill.below, excluded.below);
  return null;
end
$$;

create trigger index_again_at_new_time after update of created_at on messages
for each row when (old.created_at is distinct from new.created_at) execute function index_again();

insert into search_fill as fill (room_id, below)
select m.room_id, max(m.seq) + 1 from messages m join search_entries e using (room_id, seq)
where e.at <> m.created_at group by m.room_id
on conflict (room_id) do update set below = greatest(fill.below, excluded.below);
