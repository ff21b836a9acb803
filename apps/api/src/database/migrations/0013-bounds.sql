-- What one person has made is counted, so that there is a bound to it. Null: made before this, or by nobody.
alter table rooms add column created_by uuid references people;
create index on rooms (created_by) where created_by is not null;

-- My rooms are read a page at a time, in the order of their ids.
create index on memberships (person_id, room_id);
drop index memberships_person_id_idx;

-- So is the directory, in the order of names: by what letters are, whatever their case and however they are written,
-- and by the same rule on every machine. rooms.directory.ts writes the same words.
create index rooms_directory on rooms (casefold(normalize(name, nfkd) collate "pg_unicode_fast"), id)
where kind = 'open' and archived_at is null;

-- The last steps of somebody are read, not all there ever were.
create index on revocation_steps (person_id, id);
drop index revocation_steps_person_id_idx;
