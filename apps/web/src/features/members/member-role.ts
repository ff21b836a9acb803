import type { RoomRole } from '@conclave/shared/rooms'
import * as words from '../../words/en/members.en.ts'
import type { Word } from '../../words/word.ts'

export const ROOM_ROLE_NAMES: Record<RoomRole, Word> = {
  owner: words.owner,
  moderator: words.moderator,
  member: words.member,
}
