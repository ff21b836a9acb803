import { useRef, type RefObject } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import * as words from '../../words/en/writing.en.ts'
import { t } from '../../words/say.ts'
import type { NotifyAsked } from './use-notify-question.ts'

/** "Notify 42 people?" */
export function NotifyQuestion(props: {
  asked: NotifyAsked
  field: RefObject<HTMLElement | null>
  onAnswer: (isYes: boolean) => void
}) {
  const { asked, field, onAnswer } = props
  const isYes = useRef(false)
  return (
    <ConfirmDialog
      title={titleOf(asked)}
      action={t(words.notify)}
      look="primary"
      onConfirm={() => {
        isYes.current = true
        return Promise.resolve()
      }}
      reasonOf={errorMessage}
      onClosed={() => onAnswer(isYes.current)}
      focusAfter={() => field.current}
    >
      <p>{t(asked.notifies === 'room' ? words.notifyRoomDetail : words.notifyHereDetail)}</p>
    </ConfirmDialog>
  )
}

function titleOf({ count, isMore }: NotifyAsked): string {
  if (count === undefined) return t(words.notifyOnline)
  return t(isMore ? words.notifyMany : words.notifyPeople, { count })
}
