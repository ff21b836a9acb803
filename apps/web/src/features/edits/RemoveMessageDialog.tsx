import type { Message } from '@conclave/shared/messages'
import { errorMessage } from '../../server/problem-message.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import * as words from '../../words/en/edits.en.ts'
import { someone } from '../../words/en/people.en.ts'
import { rich, t } from '../../words/say.ts'
import { useMyId } from '../people/MeProvider.tsx'
import { usePersonName } from '../people/people.queries.ts'
import { useRemoveMessage } from './edits.queries.ts'

/** Asks once, and shows what it is about. */
export function RemoveMessageDialog(props: { message: Message; onClosed: () => void }) {
  const { message, onClosed } = props
  const { mutateAsync } = useRemoveMessage(message)
  const isMine = useMyId() === message.authorId
  const author = usePersonName(message.authorId) ?? t(someone)
  return (
    <ConfirmDialog
      title={t(words.removeTitle)}
      action={t(words.remove)}
      onConfirm={() => mutateAsync()}
      reasonOf={errorMessage}
      onClosed={onClosed}
    >
      <p>
        {isMine
          ? t(words.removeMine)
          : rich(words.removeTheirs, { author: <bdi className="text-ink">{author}</bdi> })}
      </p>
      <blockquote
        dir="auto"
        className="line-clamp-3 border-s-2 border-line-strong ps-3 text-ink whitespace-pre-wrap"
      >
        {message.text}
      </blockquote>
    </ConfirmDialog>
  )
}
