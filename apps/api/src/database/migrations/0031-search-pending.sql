-- Each lookup goes through all that waits to be merged into the index, once for each of its keys: with a hundred rooms, that
-- cost more than the lookup. A fourth of it is still a batch of the consumer. Nothing is rewritten, and no row is read.
alter index search_entries_keys set (gin_pending_list_limit = 128);
