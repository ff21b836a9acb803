import { Pencil } from 'lucide-react'
import * as words from '../../words/en/rooms-later.en.ts'
import { t } from '../../words/say.ts'
import { useHasDraft } from '../messages/drafts.ts'

/** A pencil on the row of a room in which I have written something and not sent it. */
export function DraftMark({ roomId }: { roomId: string }) {
  if (!useHasDraft(roomId)) return null
  return (
    <>
      <Pencil className="size-3.5 shrink-0 text-soft" strokeWidth={1.75} aria-hidden="true" />
      <span className="sr-only">{t(words.draft)}</span>
    </>
  )
}
