import { toName } from '@conclave/shared/names'
import { type Room } from '@conclave/shared/rooms'
import { ROOM_NAME_MAX_CHARS, ROOM_TOPIC_MAX_CHARS } from '@conclave/shared/rooms.create'
import { useState, type FormEvent } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useCreateRoom } from './new-rooms.queries.ts'
import * as words from '../../words/en/open-rooms.en.ts'
import { t } from '../../words/say.ts'

const KINDS = {
  open: { name: words.kindOpen, rule: words.kindOpenRule },
  closed: { name: words.kindClosed, rule: words.kindClosedRule },
} as const

type Kind = keyof typeof KINDS

/** The form for a new room: name, topic and kind. */
export function NewRoomForm({ onCreated }: { onCreated: (room: Room) => void }) {
  const [name, setName] = useState('')
  const [topic, setTopic] = useState('')
  const [kind, setKind] = useState<Kind>('open')
  const { mutate, isPending, error } = useCreateRoom()

  function create(event: FormEvent): void {
    event.preventDefault()
    if (toName(name) === '') return
    mutate({ kind, name: toName(name), topic: toName(topic) }, { onSuccess: onCreated })
  }

  return (
    <form className="grid max-w-110 gap-5" onSubmit={create}>
      <TextField
        label={t(words.name)}
        value={name}
        required
        maxLength={ROOM_NAME_MAX_CHARS}
        autoComplete="off"
        onChange={({ target }) => setName(target.value)}
      />
      <TextField
        label={t(words.topic)}
        hint={t(words.topicHint)}
        value={topic}
        maxLength={ROOM_TOPIC_MAX_CHARS}
        autoComplete="off"
        onChange={({ target }) => setTopic(target.value)}
      />
      <fieldset className="grid gap-1">
        <legend className="pb-1 font-medium">{t(words.whoItIsFor)}</legend>
        {(Object.keys(KINDS) as Kind[]).map((value) => (
          <KindChoice key={value} kind={value} chosen={kind} onChoose={setKind} />
        ))}
      </fieldset>
      {error && (
        <p role="alert" className="text-danger">
          {errorMessage(error)}
        </p>
      )}
      <div>
        <Button look="primary" type="submit" isBusy={isPending} disabled={toName(name) === ''}>
          {t(words.createRoom)}
        </Button>
      </div>
    </form>
  )
}

function KindChoice(props: { kind: Kind; chosen: Kind; onChoose: (kind: Kind) => void }) {
  const { name, rule } = KINDS[props.kind]
  return (
    <label className="-mx-2 flex min-h-11 cursor-pointer gap-3 rounded-control px-2 py-1.5 hover:bg-hover">
      <input
        type="radio"
        name="kind"
        value={props.kind}
        checked={props.chosen === props.kind}
        aria-describedby={`kind-${props.kind}`}
        aria-label={t(name)}
        className="mt-1 size-4 shrink-0 accent-brass"
        onChange={() => props.onChoose(props.kind)}
      />
      <span className="grid">
        {t(name)}
        <span id={`kind-${props.kind}`} className="text-small text-soft">
          {t(rule)}
        </span>
      </span>
    </label>
  )
}
