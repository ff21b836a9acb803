import type { RoomRole } from '@conclave/shared/rooms'

export const ROOM_ROLE_NAMES: Record<RoomRole, string> = {
  owner: 'Owner',
  moderator: 'Moderator',
  member: 'Member',
}
