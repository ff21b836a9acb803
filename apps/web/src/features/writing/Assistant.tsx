import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { composes } from '../messages/enter-key.ts'
import type { Assist, WrittenIn } from './assist.ts'
import { CompletionList } from './CompletionList.tsx'
import { EmojiButton } from './EmojiButton.tsx'
import { NotifyQuestion } from './NotifyQuestion.tsx'
import { useCaret } from './use-caret.ts'
import { useMentionField } from './use-mention-field.ts'
import { useNotifyQuestion } from './use-notify-question.ts'
import { useSuggestions } from './use-suggestions.ts'

/** Everything that helps with writing. Loaded after the first view, in which the field is a plain one. */
export function Assistant(props: WrittenIn & { onAssist: (assist: Assist) => void }) {
  const { field, onAssist } = props
  const caret = useCaret(field)
  const [isComposing, setComposing] = useState(false)
  const mentions = useMentionField(props, caret, isComposing)
  const { attributes, takesKey, list } = useSuggestions(props, mentions, caret)
  const { asked, holds, answer } = useNotifyQuestion(props)
  const { show, read } = mentions

  const now = useLatest({
    insertEmoji: mentions.insert,
    read,
    holds,
    takesKey: (event: KeyboardEvent<HTMLTextAreaElement>): boolean => {
      if (composes(event)) return false
      if (event.key === 'Backspace' || event.key === 'Delete') mentions.selectWhole(event.key)
      return takesKey(event)
    },
  })
  const assist = useMemo<Assist>(
    () => ({
      show,
      read: (event) => now.current.read(event),
      takesKey: (event) => now.current.takesKey(event),
      holds: (text) => now.current.holds(text),
      button: <EmojiButton field={field} onChosen={(emoji) => now.current.insertEmoji(emoji)} />,
      attributes: {
        ...attributes,
        onCompositionStart: () => setComposing(true),
        onCompositionEnd: () => setComposing(false),
      },
    }),
    [show, attributes, now, field],
  )
  useLayoutEffect(() => onAssist(assist), [assist, onAssist])
  return (
    <>
      {list && <CompletionList {...list} />}
      {asked && <NotifyQuestion asked={asked} field={field} onAnswer={answer} />}
    </>
  )
}

/** The value of the latest render, for what is called later. */
function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
