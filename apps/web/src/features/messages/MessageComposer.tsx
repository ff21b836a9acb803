import { MESSAGE_MAX_BYTES } from '@conclave/shared/messages'
import { hasSomethingToSee } from '@conclave/shared/visible'
import { SendHorizontal } from 'lucide-react'
import { useId, useRef, type KeyboardEvent, type RefObject } from 'react'
import * as words from '../../words/en/messages.en.ts'
import { t } from '../../words/say.ts'
import { useEdits } from '../edits/Edits.tsx'
import type { RoomInfo } from '../rooms/rooms.queries.ts'
import { useAssist } from '../writing/use-assist.tsx'
import { useDraft } from './drafts.ts'
import { composes, sendsMessage } from './enter-key.ts'
import { GrowingField } from './GrowingField.tsx'

/** The counter is shown when fewer bytes than this are left. */
const COUNTER_BELOW_BYTES = 200
const ENCODER = new TextEncoder()

interface Props {
  room: RoomInfo
  roomName: string
  onSend: (text: string) => void
}

/** The field to write in: one line that grows, with a separate draft for each room. */
export function MessageComposer(props: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const { text, setText, left, canSend, send, assist, popups } = useWriting(props, field)
  const { live } = useEdits()
  const counterId = useId()
  const label = t(words.messageTo, { room: props.roomName })

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (assist?.takesKey(event)) return
    const isDone = editsLast(event) && text === '' && live?.editLast()
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
      <div className="flex items-end gap-1 rounded-control border border-line-strong bg-raised p-1 focus-within:border-brass focus-within:shadow-[0_0_0_1px_var(--brass)]">
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
      {left < COUNTER_BELOW_BYTES && <Counter id={counterId} left={left} />}
    </form>
  )
}

/** What is written in the field, and how it is sent. */
function useWriting({ room, onSend }: Props, field: RefObject<HTMLTextAreaElement | null>) {
  const [text, setText] = useDraft(room.id)
  const left = MESSAGE_MAX_BYTES - ENCODER.encode(text).length
  const canSend = hasSomethingToSee(text) && left >= 0
  const { assist, popups } = useAssist({ room, text, field, onText: setText, onSend: sendNow })

  function send(): void {
    if (canSend && !assist?.holds(text)) sendNow(text)
  }

  function sendNow(whole: string): void {
    onSend(whole)
    setText('')
    field.current?.focus()
  }

  return { text, setText, left, canSend, send, assist, popups }
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
