import type { Member } from '@conclave/shared/members'
import type { Me } from '@conclave/shared/people'
import type { Room } from '@conclave/shared/rooms'
import { LogOut, X } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { MemberList } from '../features/members/MemberList.tsx'
import { useMembers, useUpdateMember } from '../features/members/members.queries.ts'
import { isLastOwner, rightsIn } from '../features/members/members.rights.ts'
import { LeaveDialog } from '../features/members/LeaveDialog.tsx'
import { TakeOutDialog } from '../features/members/TakeOutDialog.tsx'
import { useMe, usePeople } from '../features/people/people.queries.ts'
import { useRoom } from '../features/rooms/rooms.queries.ts'
import { errorMessage } from '../server/problem-message.ts'
import { Button } from '../ui/Button.tsx'
import { useNotice } from '../ui/Notice.tsx'
import { Problem } from '../ui/Problem.tsx'
import { RowsSkeleton } from '../ui/RowsSkeleton.tsx'
import { AddPeople } from './AddPeople.tsx'
import { paths } from './paths.ts'
import { Region } from './Region.tsx'
import { requestIdOf } from './request-id.ts'
import { useEscape } from './use-escape.ts'

/** Who is in the room and what I may change about it: beside the conversation, or in its place. */
export function MembersPage() {
  const { roomId = '' } = useParams()
  const room = useRoom(roomId)
  const { me } = useMe()
  const heading = useFocusOnOpening()
  const navigate = useNavigate()
  useEscape(useCallback(() => void navigate(paths.room(roomId)), [navigate, roomId]))
  if (!room || !me) return null
  return (
    <>
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line pr-2 pl-5">
        <h2 ref={heading} tabIndex={-1} className="flex-1 font-semibold outline-none">
          Members
        </h2>
        <Link
          to={paths.room(roomId)}
          aria-label="Close members"
          className="inline-flex size-10 items-center justify-center rounded-control text-soft hover:bg-hover hover:text-ink touch:size-11"
        >
          <X className="size-4.5" aria-hidden="true" />
        </Link>
      </header>
      <MembersOf room={room} me={me} heading={() => heading.current} />
    </>
  )
}

function MembersOf(props: { room: Room; me: Me; heading: () => HTMLElement | null }) {
  const { room, me, heading } = props
  const { members, isLoading, error } = useMembers(room.id)
  const { byId } = usePeople()
  const { mutate: changeRole } = useUpdateMember(room.id)
  const notify = useNotice()
  const [taking, setTaking] = useState<{ personId: string; opener: HTMLElement | null }>()
  const rights = rightsIn(room, me)

  if (isLoading) return <RowsSkeleton label="Loading the members" />
  if (error) {
    return (
      <Problem
        title="The members could not be loaded"
        detail={errorMessage(error)}
        requestId={requestIdOf(error)}
      />
    )
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-3">
      {rights.mayAdd && (
        <div className="px-2 pt-1 pb-3">
          <AddPeople room={room} isOffered className="w-full" />
        </div>
      )}
      <MemberList
        members={members}
        byId={byId}
        me={me}
        rights={rights}
        onRole={(personId, role) =>
          changeRole({ personId, role }, { onError: (refusal) => notify(errorMessage(refusal)) })
        }
        onTakeOut={({ personId }, opener) => setTaking({ personId, opener })}
      />
      {rights.mayLeave && <LeaveButton room={room} me={me} members={members} />}
      <Region part="This dialog">
        {taking && (
          <TakeOutDialog
            room={room}
            personId={taking.personId}
            name={byId.get(taking.personId)?.name ?? 'Someone'}
            onClosed={() => setTaking(undefined)}
            // Their row disappears with them.
            focusAfter={() => (taking.opener?.isConnected ? taking.opener : heading())}
          />
        )}
      </Region>
    </div>
  )
}

function LeaveButton(props: { room: Room; me: Me; members: readonly Member[] }) {
  const { room, me, members } = props
  const [isAsked, setIsAsked] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const myself = members.find(({ personId }) => personId === me.id)
  return (
    <div className="mt-2 border-t border-line px-2 pt-3">
      <Button ref={button} className="w-full" onClick={() => setIsAsked(true)}>
        <LogOut className="size-4 text-soft" aria-hidden="true" />
        Leave the room
      </Button>
      <Region part="This dialog">
        {isAsked && (
          <LeaveDialog
            room={room}
            isLastOwner={myself !== undefined && isLastOwner(myself, members)}
            isAlone={members.length === 1}
            onClosed={() => setIsAsked(false)}
            focusAfter={() => button.current}
          />
        )}
      </Region>
    </div>
  )
}

/** Moves the focus into the panel, and back to what opened it when it closes, unless it has moved elsewhere by then. */
function useFocusOnOpening() {
  const heading = useRef<HTMLHeadingElement>(null)
  const opener = useRef<Element>(null)
  useEffect(() => {
    // In development, strict mode runs this twice: the second time the focus is already in the panel.
    if (document.activeElement !== heading.current) opener.current = document.activeElement
    heading.current?.focus()
    return () => {
      if (document.activeElement !== document.body) return
      if (opener.current instanceof HTMLElement && opener.current.isConnected)
        opener.current.focus()
    }
  }, [])
  return heading
}
