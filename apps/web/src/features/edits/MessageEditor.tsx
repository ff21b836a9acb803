import { MESSAGE_MAX_BYTES, type Message } from '@conclave/shared/messages'
import { hasSomethingToSee } from '@conclave/shared/visible'
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { useKept } from '../../session/session.ts'
import { Button } from '../../ui/Button.tsx'
import * as words from '../../words/en/edits.en.ts'
import { t } from '../../words/say.ts'
import { composes, sendsMessage } from '../messages/enter-key.ts'
import { GrowingField } from '../messages/GrowingField.tsx'
import { useRoom } from '../rooms/rooms.queries.ts'
import { useAssist } from '../writing/use-assist.tsx'
import { editDraftsIn, type EditDraft } from './edit-drafts.ts'
import { useEdits } from './Edits.tsx'
import { useEditMessage } from './edits.queries.ts'

const ENCODER = new TextEncoder()

/** In the place of the text of a message that I edit. What is written here is kept until it is saved or given up. */
export function MessageEditor({ message }: { message: Message }) {
  const { live } = useEdits()
  const { draft, write } = useEditDraft(message)
  const { mutate, isPending, error, reset } = useEditMessage(message)
  const { text, before } = draft
  const tooLong = ENCODER.encode(text).length - MESSAGE_MAX_BYTES
  const canSave = hasSomethingToSee(text) && tooLong <= 0

  function end(): void {
    live?.end(message.id)
  }
  function save(): void {
    if (!canSave || isPending) return
    if (text === message.text) return end()
    mutate(text, { onSuccess: end })
  }
  function onKeyDown(event: KeyboardEvent): void {
    const isCancelled = event.key === 'Escape' && !composes(event)
    if (!isCancelled && !sendsMessage(event)) return
    // Escape would also close the panel beside the room.
    event.preventDefault()
    if (!isCancelled) save()
    else if (!isPending) end()
  }

  if (message.removed) return <Unsaved reason={t(words.goneMeanwhile)} text={text} onDrop={end} />
  return (
    <form
      className="grid gap-1.5 py-1"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Field
        roomId={message.roomId}
        text={text}
        isBusy={isPending}
        isTooLong={tooLong > 0}
        onText={(text) => {
          write({ text, before })
          if (error) reset()
        }}
        onKeyDown={onKeyDown}
      />
      {message.text !== before && message.text !== text && (
        <p className="text-small text-soft">{t(words.changedMeanwhile)}</p>
      )}
      {tooLong > 0 && (
        <p role="status" className="text-small text-danger">
          {t(words.tooLong, { count: tooLong })}
        </p>
      )}
      {error && (
        <p role="alert" className="text-small text-danger">
          {t(words.notSaved, { reason: errorMessage(error) })}
        </p>
      )}
      <div className="-ms-2 flex flex-wrap gap-x-1">
        <Button look="quiet" type="submit" isBusy={isPending} disabled={!canSave}>
          {t(words.save)}
        </Button>
        <Button look="quiet" isBusy={isPending} onClick={end}>
          {t(words.cancel)}
        </Button>
        {error && <CopyText text={text} />}
      </div>
    </form>
  )
}

function Field(props: {
  roomId: string
  text: string
  isBusy: boolean
  isTooLong: boolean
  onText: (text: string) => void
  onKeyDown: (event: KeyboardEvent) => void
}) {
  const { text, isBusy, isTooLong, onText, onKeyDown } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const room = useRoom(props.roomId)
  // Nobody is notified by an edit, so nothing is asked before it is saved.
  const { assist, popups } = useAssist({ room, text, field, onText, onSend: () => undefined })
  const hintId = useId()
  useEffect(() => {
    // What was open before a reload does not take the focus from where somebody has begun.
    const { activeElement } = document
    if (activeElement instanceof HTMLTextAreaElement && activeElement.value !== '') return
    field.current?.focus()
    field.current?.setSelectionRange(field.current.value.length, field.current.value.length)
  }, [])
  return (
    <div className="rounded-control border border-line-strong bg-raised focus-within:border-brass focus-within:shadow-[0_0_0_1px_var(--brass)]">
      {popups}
      <GrowingField
        ref={field}
        value={assist?.show(text) ?? text}
        readOnly={isBusy}
        aria-label={t(words.editedText)}
        aria-describedby={hintId}
        aria-invalid={isTooLong}
        onChange={(event) => onText(assist?.read(event) ?? event.target.value)}
        onKeyDown={(event) => {
          if (!assist?.takesKey(event)) onKeyDown(event)
        }}
        {...assist?.attributes}
      />
      <p id={hintId} className="sr-only">
        {t(words.keys)}
      </p>
    </div>
  )
}

/** What I wrote and cannot save any more. */
function Unsaved(props: { reason: string; text: string; onDrop: () => void }) {
  return (
    <div role="group" aria-label={t(words.unsaved)} className="grid gap-1.5 py-1">
      <p className="text-small text-danger">{props.reason}</p>
      <p
        dir="auto"
        className="max-h-[40dvh] overflow-y-auto rounded-control border border-line bg-sunken px-3 py-1.5 [overflow-wrap:anywhere] whitespace-pre-wrap"
      >
        {props.text}
      </p>
      <div className="-ms-2 flex flex-wrap gap-x-1">
        <CopyText text={props.text} />
        <Button look="quiet" onClick={props.onDrop}>
          {t(words.drop)}
        </Button>
      </div>
    </div>
  )
}

function CopyText({ text }: { text: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>()
  return (
    <>
      <Button
        look="quiet"
        onClick={() => {
          navigator.clipboard.writeText(text).then(
            () => setOutcome('copied'),
            () => setOutcome('refused'),
          )
        }}
      >
        {t(words.copy)}
      </Button>
      <span role="status" className="self-center text-small text-soft">
        {outcome && t(outcome === 'copied' ? words.copied : words.notCopied)}
      </span>
    </>
  )
}

function useEditDraft({ roomId, id, text }: Message) {
  const { tab } = useKept()
  const drafts = useMemo(() => editDraftsIn(tab, roomId), [tab, roomId])
  const [draft, setDraft] = useState<EditDraft>(() => drafts.read(id) ?? { text, before: text })
  const write = (next: EditDraft) => {
    drafts.write(id, next)
    setDraft(next)
  }
  return { draft, write }
}
