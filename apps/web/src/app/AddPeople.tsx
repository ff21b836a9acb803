import { UserPlus } from 'lucide-react'
import { Suspense, useRef, useState } from 'react'
import { rightsIn } from '../features/members/members.rights.ts'
import { useHasOutsiders } from '../features/members/outsiders.queries.ts'
import { useMe } from '../features/people/MeProvider.tsx'
import type { RoomInfo } from '../features/rooms/rooms.queries.ts'
import { Button } from '../ui/Button.tsx'
import { later } from './later.ts'
import { addPeople, onlyYou } from '../words/en/rooms.en.ts'
import { t } from '../words/say.ts'

// Loaded only when somebody opens it.
const AddMembersDialog = later(
  async () => (await import('../features/members/AddMembersDialog.tsx')).AddMembersDialog,
)

/**
 * The button that adds people to a room, for those who may. A dialog that it opened stays open until it is closed, even
 * when the last candidate was added and the button is no longer offered.
 */
export function AddPeople(props: {
  room: RoomInfo
  className: string
  isOffered: boolean
  note?: string
}) {
  const { room, className, isOffered, note } = props
  const mayAdd = useMayAdd(room)
  const [isOpen, setIsOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  if (!mayAdd || (!isOffered && !isOpen)) return null
  return (
    <>
      <Button ref={opener} className={className} onClick={() => setIsOpen(true)}>
        <UserPlus className="size-4 text-soft" aria-hidden="true" />
        <span>{t(addPeople)}</span>
      </Button>
      {isOffered && note !== undefined && <p className="text-soft">{note}</p>}
      {isOpen && (
        <Suspense>
          <AddMembersDialog
            room={room}
            onClosed={() => setIsOpen(false)}
            // The button may disappear with the dialog.
            focusAfter={() =>
              isOffered ? opener.current : document.querySelector('#conversation')
            }
          />
        </Suspense>
      )}
    </>
  )
}

/** The same button at the top of a room, shown while somebody in the team is not in it. */
export function AddPeopleToRoom({ room }: { room: RoomInfo }) {
  return (
    <AddPeople
      room={room}
      isOffered={useSomebodyLeft(room)}
      className="max-wide:border-0 max-wide:px-0 max-wide:*:last:sr-only"
    />
  )
}

/** Shown to somebody who is alone in a room, so that they know how to bring others in. */
export function Invitation({ room }: { room: RoomInfo }) {
  const isSomebodyLeft = useSomebodyLeft(room)
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 empty:hidden">
      <AddPeople
        room={room}
        isOffered={room.memberCount === 1 && isSomebodyLeft}
        note={t(onlyYou)}
        className=""
      />
    </div>
  )
}

function useMayAdd(room: RoomInfo): boolean {
  const { me } = useMe()
  return me !== undefined && rightsIn(room, me).mayAdd
}

function useSomebodyLeft(room: RoomInfo): boolean {
  return useHasOutsiders(room, { isAsked: useMayAdd(room) }) === true
}
