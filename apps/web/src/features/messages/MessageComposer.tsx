import { MESSAGE_MAX_BYTES } from '@conclave/shared/messages'
import { hasSomethingToSee } from '@conclave/shared/visible'
import { SendHorizontal } from 'lucide-react'
import { useId, useRef, type ComponentProps, type KeyboardEvent } from 'react'
import * as words from '../../words/en/messages.en.ts'
import { t } from '../../words/say.ts'
import { useDraft } from './drafts.ts'

/** The counter is shown when fewer bytes than this are left. */
const COUNTER_BELOW_BYTES = 200
const IME_PROCESSING = 229
const ENCODER = new TextEncoder()

/** The field to write in: one line that grows, with a separate draft for each room. */
export function MessageComposer(props: {
  roomId: string
  roomName: string
  onSend: (text: string) => void
}) {
  const [text, setText] = useDraft(props.roomId)
  const field = useRef<HTMLTextAreaElement>(null)
  const counterId = useId()
  const left = MESSAGE_MAX_BYTES - ENCODER.encode(text).length
  const label = t(words.messageTo, { room: props.roomName })
  const canSend = hasSomethingToSee(text) && left >= 0

  function send(): void {
    if (!canSend) return
    props.onSend(text)
    setText('')
    field.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!sendsMessage(event)) return
    event.preventDefault()
    send()
  }

  return (
    <form
      className="column shrink-0 px-5 pt-3 pb-4 max-wide:px-3 max-wide:pb-[max(0.75rem,env(safe-area-inset-bottom))]"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div className="flex items-end gap-1 rounded-control border border-line-strong bg-raised p-1 focus-within:border-brass focus-within:shadow-[0_0_0_1px_var(--brass)]">
        <GrowingField
          ref={field}
          value={text}
          aria-label={label}
          aria-describedby={left < COUNTER_BELOW_BYTES ? counterId : undefined}
          aria-invalid={left < 0}
          placeholder={label}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <SendButton disabled={!canSend} />
      </div>
      {left < COUNTER_BELOW_BYTES && <Counter id={counterId} left={left} />}
    </form>
  )
}

function GrowingField({ value, ...rest }: ComponentProps<'textarea'> & { value: string }) {
  return (
    <div
      // A hidden copy of the text gives the field its height, without a script measuring it.
      data-text={`${value} `}
      className="grid max-h-[40dvh] min-w-0 flex-1 overflow-y-auto *:[grid-area:1/1] after:invisible after:[grid-area:1/1] after:content-[attr(data-text)] after:px-3 after:py-1.5 after:[overflow-wrap:anywhere] after:whitespace-pre-wrap touch:after:py-2.5 max-wide:after:text-[1rem]"
    >
      <textarea
        {...rest}
        value={value}
        data-region
        rows={1}
        // Until something is written, the field is written in as the page is read.
        dir={value === '' ? undefined : 'auto'}
        enterKeyHint={isTouch() ? 'enter' : 'send'}
        className="min-w-0 touch:min-h-11 resize-none overflow-hidden bg-transparent [overflow-wrap:anywhere] px-3 py-1.5 outline-none placeholder:text-soft touch:py-2.5 max-wide:text-[1rem]"
      />
    </div>
  )
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

function sendsMessage(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter') return false
  if (event.shiftKey) return false
  // While an input method is composing, Enter only confirms; Safari shows this by the key code alone.
  if (event.nativeEvent.isComposing) return false
  if (event.nativeEvent.keyCode === IME_PROCESSING) return false
  return !isTouch()
}

function isTouch(): boolean {
  return matchMedia('(pointer: coarse)').matches
}
