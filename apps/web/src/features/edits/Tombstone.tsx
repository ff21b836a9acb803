import type { Removed } from '@conclave/shared/messages'
import * as words from '../../words/en/messages.en.ts'
import { t } from '../../words/say.ts'
import { useMyId } from '../people/MeProvider.tsx'

/** What stands in the place of a removed message, on one line: a long name gives way. */
export function Tombstone(props: { by: Removed['by']; authorId: string; name: string }) {
  const { by, authorId, name } = props
  const isMine = useMyId() === authorId
  if (by === 'author' && isMine) return <span className="italic">{t(words.youDeleted)}</span>
  return (
    <>
      <bdi className="written-line min-w-8">{name}</bdi>
      <span className="shrink-0 italic">
        {t(by === 'author' ? words.messageDeleted : words.removedByModerator)}
      </span>
    </>
  )
}
