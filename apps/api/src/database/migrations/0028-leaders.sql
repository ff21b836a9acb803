-- The owners and moderators of a room, who come first in the list of its members. Whether it is left without an owner is
-- asked of them as well, so the index of its owners (0019) is no longer needed.
create index memberships_leading on memberships (room_id, person_id) where role <> 'member';
drop index memberships_room_id_person_id_idx;
