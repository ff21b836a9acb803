import { hasSomethingToSee } from '@conclave/shared/visible'
import { SendHorizontal } from 'lucide-react'
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useRef,
  type KeyboardEvent,
  type RefObject,
} from 'react'
import { useLaterPart } from '../../server/use-later-part.ts'
import * as words from '../../words/en/messages.en.ts'
import { t } from '../../words/say.ts'
import { useEdits } from '../edits/Edits.tsx'
import type { RoomInfo } from '../rooms/rooms.queries.ts'
import { useAssist } from '../writing/use-assist.tsx'
import { useLength } from '../writing/use-length.tsx'
import { useConversation } from './ConversationProvider.tsx'
import { useDraft } from './drafts.ts'
import { isWritingKey } from './enter-key.ts'
import { GrowingField } from './GrowingField.tsx'
import { useSendKey } from './send-key.ts'
import { useTypingBegins } from './use-typing-begins.ts'

const loadReplyTarget = () => import('../quotes/ReplyTarget.tsx')

interface Props {
  room: RoomInfo
  roomName: string
  onSend: (text: string, replyTo?: string) => void
}

/** The field to write in: one line that grows, with a separate draft for each room. */
export function MessageComposer(props: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const { text, setText, replyTo, stopReplying, length, canSend, send, assist, popups } =
    useWriting(props, field)
  const { live } = useEdits()
  const sendKey = useSendKey()
  useTypingBegins(field)
  const label = t(words.messageTo, { room: props.roomName })

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (assist?.takesKey(event)) return
    const isDone =
      (isWritingKey(event, 'leave', sendKey) && stopReplying()) ||
      (isWritingKey(event, 'editLast', sendKey) && text === '' && live?.editLast())
    if (!isDone && !isWritingKey(event, 'send', sendKey)) return
    event.preventDefault()
    if (!isDone) send()
  }

  return (
    <form
      className="column shrink-0 px-5 pt-3 pb-4 max-wide:px-3 max-wide:pb-[max(0.75rem,env(safe-area-inset-bottom))]"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {popups}
      <div className="rounded-control border border-line-strong bg-raised p-1 focus-within:border-brass focus-within:shadow-[0_0_0_1px_var(--brass)]">
        <Answered messageId={replyTo} onClose={() => (stopReplying(), field.current?.focus())} />
        <div className="flex items-end gap-1">
          <GrowingField
            ref={field}
            value={assist?.show(text) ?? text}
            aria-label={label}
            aria-describedby={length.noteId}
            aria-invalid={length.isTooLong}
            placeholder={label}
            onChange={(event) => setText(assist?.read(event) ?? event.target.value)}
            onKeyDown={onKeyDown}
            {...assist?.attributes}
          />
          {assist?.button}
          <SendButton disabled={!canSend} />
        </div>
      </div>
      {length.note}
    </form>
  )
}

/** What is written in the field, and how it is sent. */
function useWriting({ room, onSend }: Props, field: RefObject<HTMLTextAreaElement | null>) {
  const [{ text, replyTo }, changeDraft] = useDraft(room.id, field)
  const setText = useCallback(
    (next: string) => changeDraft((draft) => ({ ...draft, text: next })),
    [changeDraft],
  )
  const length = useLength(text)
  const canSend = hasSomethingToSee(text) && !length.isTooLong
  const { assist, popups } = useAssist({ room, text, field, onText: setText, onSend: sendNow })

  function send(): void {
    if (canSend && !assist?.holds(text)) sendNow(text)
  }

  function sendNow(whole: string): void {
    onSend(whole, replyTo)
    changeDraft(() => ({ text: '' }))
    field.current?.focus()
  }

  /** Returns whether something was being answered. */
  function stopReplying(): boolean {
    changeDraft((draft) => ({ text: draft.text }))
    return replyTo !== undefined
  }

  useReplies((messageId) => {
    changeDraft((draft) => ({ ...draft, replyTo: messageId }))
    field.current?.focus()
  })

  return { text, setText, replyTo, stopReplying, length, canSend, send, assist, popups }
}

/** What the message answers, once that can be shown. */
function Answered(props: { messageId: string | undefined; onClose: () => void }) {
  const { messageId, onClose } = props
  const part = useLaterPart(loadReplyTarget)
  if (!part || messageId === undefined) return null
  return <part.ReplyTarget messageId={messageId} onClose={onClose} />
}

/** Calls back when somebody wants to answer a message. */
function useReplies(onReplyTo: (messageId: string) => void): void {
  const { replies } = useConversation()
  const replyTo = useEffectEvent(onReplyTo)
  useEffect(() => replies.onStart((messageId) => replyTo(messageId)), [replies])
}

function SendButton({ disabled }: { disabled: boolean }) {
  return (
    <button
      type="submit"
      aria-label={t(words.send)}
      disabled={disabled}
      // Without this, pressing the button would close the soft keyboard.
      onPointerDown={(event) => event.preventDefault()}
      className="inline-flex size-8.5 shrink-0 items-center justify-center rounded-[6px] bg-brass text-on-brass transition-opacity duration-150 hover:bg-brass-strong disabled:bg-transparent disabled:text-soft touch:size-11"
    >
      <SendHorizontal className="size-4.5 rtl:-scale-x-100" aria-hidden="true" />
    </button>
  )
}
