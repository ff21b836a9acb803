import { MESSAGE_MAX_BYTES } from '@conclave/shared/messages'
import { hasSomethingToSee } from '@conclave/shared/visible'
import { SendHorizontal } from 'lucide-react'
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useId,
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
import { useConversation } from './ConversationProvider.tsx'
import { useDraft } from './drafts.ts'
import { composes, sendsMessage } from './enter-key.ts'
import { GrowingField } from './GrowingField.tsx'
import { useTypingBegins } from './use-typing-begins.ts'

/** The counter is shown when fewer bytes than this are left. */
const COUNTER_BELOW_BYTES = 200
const ENCODER = new TextEncoder()

const loadReplyTarget = () => import('../quotes/ReplyTarget.tsx')

interface Props {
  room: RoomInfo
  roomName: string
  onSend: (text: string, replyTo?: string) => void
}

/** The field to write in: one line that grows, with a separate draft for each room. */
export function MessageComposer(props: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const { text, setText, replyTo, stopReplying, left, canSend, send, assist, popups } = useWriting(
    props,
    field,
  )
  const { live } = useEdits()
  const counterId = useId()
  useTypingBegins(field)
  const label = t(words.messageTo, { room: props.roomName })

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (assist?.takesKey(event)) return
    const isDone =
      (event.key === 'Escape' && !composes(event) && stopReplying()) ||
      (editsLast(event) && text === '' && live?.editLast())
    if (!isDone && !sendsMessage(event)) return
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
            aria-describedby={left < COUNTER_BELOW_BYTES ? counterId : undefined}
            aria-invalid={left < 0}
            placeholder={label}
            onChange={(event) => setText(assist?.read(event) ?? event.target.value)}
            onKeyDown={onKeyDown}
            {...assist?.attributes}
          />
          {assist?.button}
          <SendButton disabled={!canSend} />
        </div>
      </div>
      {left < COUNTER_BELOW_BYTES && <Counter id={counterId} left={left} />}
    </form>
  )
}

/** What is written in the field, and how it is sent. */
function useWriting({ room, onSend }: Props, field: RefObject<HTMLTextAreaElement | null>) {
  const [{ text, replyTo }, changeDraft] = useDraft(room.id)
  const setText = useCallback(
    (next: string) => changeDraft((draft) => ({ ...draft, text: next })),
    [changeDraft],
  )
  const left = MESSAGE_MAX_BYTES - ENCODER.encode(text).length
  const canSend = hasSomethingToSee(text) && left >= 0
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

  return { text, setText, replyTo, stopReplying, left, canSend, send, assist, popups }
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

function Counter({ id, left }: { id: string; left: number }) {
  return (
    <p
      id={id}
      aria-live="polite"
      className={`pt-1 text-end text-small tabular-nums ${left < 0 ? 'text-danger' : 'text-soft'}`}
    >
      {left < 0 ? t(words.bytesTooLong, { count: -left }) : t(words.bytesLeft, { count: left })}
    </p>
  )
}

/** Up-arrow alone; with anything else it moves or selects. */
function editsLast(event: KeyboardEvent): boolean {
  if (event.key !== 'ArrowUp' || composes(event)) return false
  return !(event.shiftKey || event.altKey || event.ctrlKey || event.metaKey)
}
