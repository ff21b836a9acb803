import type { Removed } from '@conclave/shared/messages'
import * as words from '../../words/en/messages.en.ts'
import { t } from '../../words/say.ts'
import { useMyId } from '../people/MeProvider.tsx'

/** What stands in the place of a removed message. */
export function Tombstone({ by, authorId }: { by: Removed['by']; authorId: string }) {
  const isMine = useMyId() === authorId
  if (by === 'moderator') return t(words.removedByModerator)
  return t(isMine ? words.youDeleted : words.messageDeleted)
}
