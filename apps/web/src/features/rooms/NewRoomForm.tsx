import { toName } from '@conclave/shared/names'
import { type Room } from '@conclave/shared/rooms'
import { ROOM_NAME_MAX_CHARS, ROOM_TOPIC_MAX_CHARS } from '@conclave/shared/rooms.create'
import { useState, type FormEvent } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useCreateRoom } from './new-rooms.queries.ts'

const KINDS = {
  open: { name: 'Open', rule: 'Everyone in the team can find it, read it and join.' },
  closed: {
    name: 'Closed',
    rule: 'Only its members know that it exists. You decide who is in it.',
  },
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
        label="Name"
        value={name}
        required
        maxLength={ROOM_NAME_MAX_CHARS}
        autoComplete="off"
        onChange={({ target }) => setName(target.value)}
      />
      <TextField
        label="Topic"
        hint="Optional: what it is about, in a line."
        value={topic}
        maxLength={ROOM_TOPIC_MAX_CHARS}
        autoComplete="off"
        onChange={({ target }) => setTopic(target.value)}
      />
      <fieldset className="grid gap-1">
        <legend className="pb-1 font-medium">Who it is for</legend>
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
          Create the room
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
        aria-label={name}
        className="mt-1 size-4 shrink-0 accent-brass"
        onChange={() => props.onChoose(props.kind)}
      />
      <span className="grid">
        {name}
        <span id={`kind-${props.kind}`} className="text-small text-soft">
          {rule}
        </span>
      </span>
    </label>
  )
}
