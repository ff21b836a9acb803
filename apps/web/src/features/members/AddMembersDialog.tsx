import { Dialog } from '@base-ui/react/dialog'
import type { Member } from '@conclave/shared/members'
import { isSoughtBy } from '@conclave/shared/names'
import type { Person } from '@conclave/shared/people'
import type { Room } from '@conclave/shared/rooms'
import { useState } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { Button } from '../../ui/Button.tsx'
import { DIALOG_BACKDROP, DIALOG_POPUP } from '../../ui/dialog-look.ts'
import { isolated } from '../../ui/isolated.ts'
import { TextField } from '../../ui/TextField.tsx'
import { Unshown } from '../../ui/Unshown.tsx'
import { PersonAvatar } from '../people/PersonAvatar.tsx'
import { PersonName } from '../people/PersonName.tsx'
import { useAddMember } from './members.queries.ts'

interface Props {
  room: Room
  people: readonly Person[]
  members: readonly Member[]
}

/** Adds people to the room, one press each. Mounted while it is open. */
export function AddMembersDialog({
  onClosed,
  focusAfter,
  ...props
}: Props & { onClosed: () => void; focusAfter: () => HTMLElement | null }) {
  const { room } = props
  const [isOpen, setIsOpen] = useState(true)
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={setIsOpen}
      onOpenChangeComplete={(open) => !open && onClosed()}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={DIALOG_BACKDROP} />
        <Dialog.Popup className={`gap-4 ${DIALOG_POPUP}`} finalFocus={focusAfter}>
          <Dialog.Title className="font-semibold [overflow-wrap:anywhere]">
            Add people to <bdi>{room.name}</bdi>
          </Dialog.Title>
          <Boundary fallback={Unshown}>
            <Candidates {...props} />
          </Boundary>
          <div className="flex justify-end">
            <Dialog.Close render={<Button />}>Done</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Candidates({ room, people, members }: Props) {
  const [search, setSearch] = useState('')
  const { mutate, isPending, variables, error } = useAddMember(room.id)
  // Members at the time of opening are left out; people added since keep their place in the list.
  const [initialMembers] = useState(() => new Set(members.map(({ personId }) => personId)))
  const inside = new Set(members.map(({ personId }) => personId))
  const others = people.filter(({ id, active }) => active && !initialMembers.has(id))
  const found = others.filter(({ name }) => isSoughtBy(name, search))
  return (
    <>
      <TextField
        label="Find a person"
        value={search}
        autoComplete="off"
        onChange={({ target }) => setSearch(target.value)}
      />
      {found.length === 0 && (
        <p className="text-soft">
          {others.length === 0 ? 'Everybody in the team is already here.' : 'Nobody has that name.'}
        </p>
      )}
      <ul className="-mx-2 min-h-0 overflow-y-auto">
        {found.map((person) => (
          <li
            key={person.id}
            className="flex min-h-13 items-center gap-3 rounded-control px-2 py-1"
          >
            <PersonAvatar person={person} />
            <span className="min-w-0 flex-1">
              <PersonName person={person} isMe={false} />
            </span>
            <AddButton
              name={person.name}
              isAdded={inside.has(person.id)}
              isBusy={isPending && variables === person.id}
              onAdd={() => mutate(person.id)}
            />
          </li>
        ))}
      </ul>
      {error && (
        <p role="alert" className="text-danger">
          {errorMessage(error)}
        </p>
      )}
    </>
  )
}

/** Once pressed, it stays in place and says "Added", because it has the focus. */
function AddButton(props: { name: string; isAdded: boolean; isBusy: boolean; onAdd: () => void }) {
  const { name, isAdded, isBusy, onAdd } = props
  return (
    <Button
      aria-label={`${isAdded ? 'Added' : 'Add'} ${isolated(name)}`}
      isBusy={isAdded || isBusy}
      className={isAdded ? 'border-transparent! text-soft opacity-100!' : ''}
      onClick={onAdd}
    >
      {isAdded ? 'Added' : 'Add'}
    </Button>
  )
}
