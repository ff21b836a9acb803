import type { Message } from '@conclave/shared/messages'
import { dateFormat, shownDate } from '../../words/dates.ts'
import * as words from '../../words/en/messages.en.ts'
import { t } from '../../words/say.ts'
import { useEdits } from './Edits.tsx'

const LOOK = 'text-tiny text-soft'

/** Says that a message was edited, and when; opens what it said before, where that is kept. */
export function EditedMark({ message, editedAt }: { message: Message; editedAt: string }) {
  const { live } = useEdits()
  const when = t(words.editedAt, { time: shownDate(dateFormat('full'), new Date(editedAt)) })
  const shown = (
    <>
      <span aria-hidden="true">{t(words.edited)}</span>
      <span className="sr-only">{when}</span>
    </>
  )
  if (!live?.showVersions)
    return (
      <span title={when} className={LOOK}>
        {shown}
      </span>
    )
  return (
    <button
      type="button"
      title={when}
      aria-haspopup="dialog"
      className={`${LOOK} underline-offset-2 hover:underline touch:-my-3 touch:py-3`}
      onClick={() => live.showVersions?.(message)}
    >
      {shown}
    </button>
  )
}
