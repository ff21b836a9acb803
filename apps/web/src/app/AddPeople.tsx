import type { Room } from '@conclave/shared/rooms'
import { UserPlus } from 'lucide-react'
import { Suspense, useRef, useState } from 'react'
import { useMembers } from '../features/members/members.queries.ts'
import { rightsIn } from '../features/members/members.rights.ts'
import { useMe, usePeople } from '../features/people/people.queries.ts'
import { Button } from '../ui/Button.tsx'
import { later } from './later.ts'

// Needed only once somebody asks for it.
const AddMembersDialog = later(
  async () => (await import('../features/members/AddMembersDialog.tsx')).AddMembersDialog,
)

/**
 * The way to bring colleagues in, for those who may. What was opened by it stays until it is closed, also where the last
 * one who was added leaves nobody to offer it for.
 */
export function AddPeople(props: {
  room: Room
  className: string
  isOffered: boolean
  note?: string
}) {
  const { room, className, isOffered, note } = props
  const { people } = usePeople()
  const { members } = useMembers(room.id)
  const mayAdd = useMayAdd(room)
  const [isOpen, setIsOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  if (!mayAdd || (!isOffered && !isOpen)) return null
  return (
    <>
      <Button ref={opener} className={className} onClick={() => setIsOpen(true)}>
        <UserPlus className="size-4 text-soft" aria-hidden="true" />
        <span>Add people</span>
      </Button>
      {isOffered && note !== undefined && <p className="text-soft">{note}</p>}
      {isOpen && (
        <Suspense>
          <AddMembersDialog
            room={room}
            people={people}
            members={members}
            onClosed={() => setIsOpen(false)}
            // The button may go with the dialog.
            focusAfter={() =>
              isOffered ? opener.current : document.querySelector('#conversation')
            }
          />
        </Suspense>
      )}
    </>
  )
}

/** The same at the top of a room, while there is somebody in the team who is not in it. */
export function AddPeopleToRoom({ room }: { room: Room }) {
  const { isComplete } = useCompany(room)
  return (
    <AddPeople
      room={room}
      isOffered={!isComplete}
      className="max-wide:border-0 max-wide:px-0 max-wide:*:last:sr-only"
    />
  )
}

/** What somebody alone in a room reads in it, instead of wondering how the others get in. */
export function Invitation({ room }: { room: Room }) {
  const { isAlone, isComplete } = useCompany(room)
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 empty:hidden">
      <AddPeople
        room={room}
        isOffered={isAlone && !isComplete}
        note="Only you are here so far."
        className=""
      />
    </div>
  )
}

function useMayAdd(room: Room): boolean {
  const { me } = useMe()
  const { isLoading, error } = useMembers(room.id)
  return me !== undefined && !isLoading && !error && rightsIn(room, me).mayAdd
}

function useCompany(room: Room): { isAlone: boolean; isComplete: boolean } {
  const { people } = usePeople()
  const { members } = useMembers(room.id)
  const inside = new Set(members.map(({ personId }) => personId))
  return {
    isAlone: members.length === 1,
    isComplete: people.every(({ id, active }) => !active || inside.has(id)),
  }
}
