import type { Message } from '@conclave/shared/messages'
import { hasSomethingToSee } from '@conclave/shared/visible'
import {
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { useKept } from '../../session/session.ts'
import { Button } from '../../ui/Button.tsx'
import { heldKey } from '../../ui/held-key.ts'
import * as words from '../../words/en/edits.en.ts'
import { t } from '../../words/say.ts'
import { isWritingKey } from '../messages/enter-key.ts'
import { GrowingField } from '../messages/GrowingField.tsx'
import { useSendKey } from '../messages/send-key.ts'
import { useRoom } from '../rooms/rooms.queries.ts'
import { useAssist } from '../writing/use-assist.tsx'
import { useLength } from '../writing/use-length.tsx'
import { editDraftsIn, type EditDraft } from './edit-drafts.ts'
import { useEditMessage } from './edits.queries.ts'
import type { EditorProps } from './live-edits.ts'

/** In the place of the text of a message that I edit. What is written here is kept until it is saved or given up. */
export function MessageEditor({ message, live }: EditorProps) {
  const { text, isReplacing, length, canSave, isSaving, error, takesFocus, onText, save, end } =
    useEditing(message, live)
  const sendKey = useSendKey()

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    const isCancelled = isWritingKey(event, 'leave', sendKey)
    if (!isCancelled && !isWritingKey(event, 'send', sendKey)) return
    // Escape would also close the panel beside the room.
    event.preventDefault()
    if (!isCancelled) save()
    else if (!isSaving) end()
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
        isBusy={isSaving}
        length={length}
        takesFocus={takesFocus}
        onText={onText}
        onKeyDown={onKeyDown}
      />
      {isReplacing && <p className="text-small text-soft">{t(words.changedMeanwhile)}</p>}
      {length.note}
      {error && (
        <p role="alert" className="text-small text-danger">
          {t(words.notSaved, { reason: errorMessage(error) })}
        </p>
      )}
      <div className="-ms-2 flex flex-wrap gap-x-1">
        <Button look="quiet" type="submit" isBusy={isSaving} disabled={!canSave}>
          {t(words.save)}
        </Button>
        <Button look="quiet" isBusy={isSaving} onClick={end}>
          {t(words.cancel)}
        </Button>
        {error && <CopyText text={text} />}
      </div>
    </form>
  )
}

/** What is written, whether it can be saved, and saving it. */
function useEditing(message: Message, live: EditorProps['live']) {
  const { draft, write } = useEditDraft(message)
  const { mutate, isPending: isSaving, error, reset } = useEditMessage(message)
  const { text, before } = draft
  const length = useLength(text)
  const canSave = hasSomethingToSee(text) && !length.isTooLong
  const end = () => live.end(message.id)
  return {
    text,
    length,
    canSave,
    isSaving,
    error,
    end,
    takesFocus: () => live.takesFocus(message.id),
    /** It was edited in another place since this began, to something else than what is written here. */
    isReplacing: message.text !== before && message.text !== text,
    onText: (next: string) => {
      write({ text: next, before })
      if (error) reset()
    },
    save: () => {
      if (!canSave || isSaving) return
      if (text === message.text) end()
      else mutate(text, { onSuccess: end })
    },
  }
}

function Field(props: {
  roomId: string
  text: string
  isBusy: boolean
  length: ReturnType<typeof useLength>
  takesFocus: () => boolean
  onText: (text: string) => void
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void
}) {
  const { text, isBusy, length, onText, onKeyDown } = props
  const sendKey = useSendKey()
  const field = useRef<HTMLTextAreaElement>(null)
  const takeFocus = useEffectEvent(props.takesFocus)
  const room = useRoom(props.roomId)
  // Nobody is notified by an edit, so nothing is asked before it is saved.
  const { assist, popups } = useAssist({ room, text, field, onText, onSend: () => undefined })
  const hintId = useId()
  useEffect(() => {
    if (!takeFocus()) return
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
        aria-describedby={length.noteId === undefined ? hintId : `${hintId} ${length.noteId}`}
        aria-invalid={length.isTooLong}
        onChange={(event) => onText(assist?.read(event) ?? event.target.value)}
        onKeyDown={(event) => {
          if (!assist?.takesKey(event)) onKeyDown(event)
        }}
        {...assist?.attributes}
      />
      <p id={hintId} className="sr-only">
        {sendKey === 'enter' ? t(words.enterSaves) : t(words.heldEnterSaves, { key: t(heldKey()) })}
      </p>
    </div>
  )
}

/** What I wrote and cannot save any more. */
function Unsaved(props: { reason: string; text: string; onDrop: () => void }) {
  return (
    <section aria-label={t(words.unsaved)} className="grid gap-1.5 py-1">
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
    </section>
  )
}

function CopyText({ text }: { text: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>()
  return (
    <>
      <Button
        look="quiet"
        onClick={() => {
          copied(text).then(setOutcome, () => setOutcome('refused'))
        }}
      >
        {t(words.copy)}
      </Button>
      <output className="self-center text-small text-soft">
        {outcome && t(outcome === 'copied' ? words.copied : words.notCopied)}
      </output>
    </>
  )
}

/** Rejects where the browser has no clipboard, as without https, or does not allow it. */
async function copied(text: string): Promise<'copied'> {
  await navigator.clipboard.writeText(text)
  return 'copied'
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
