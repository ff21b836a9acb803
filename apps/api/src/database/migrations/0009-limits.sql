-- Counts that hold for all instances together. Unlogged, because losing them in a crash of Postgres only starts
-- them anew, and a count must not cost a flush. A row for each person and limit, written over and over: half of each
-- page is left free, so that it stays where it is.
create unlogged table limit_counts (
  key text primary key,
  count integer not null,
  ends_at timestamptz not null
) with (fillfactor = 50);
