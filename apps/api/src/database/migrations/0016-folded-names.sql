-- What the directory sorts by and searches in is worked out when a room is named, not for every room in every search: of a
-- name that Unicode takes long over, a search of 5,000 took a second. As in migration 0013, which it replaces.
alter table rooms add column folded_name text collate "pg_unicode_fast"
generated always as (casefold(normalize(name, nfkd) collate "pg_unicode_fast")) stored;

drop index rooms_directory;
create index rooms_directory on rooms (folded_name, id) where kind = 'open' and archived_at is null;
