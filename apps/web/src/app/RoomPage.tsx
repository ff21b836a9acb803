import { useIsMutating } from '@tanstack/react-query'
import { Suspense, useCallback, useEffect, useState } from 'react'
import { Navigate, useOutlet, useParams } from 'react-router'
import { MemberCount } from '../features/members/MemberCount.tsx'
import { leaveKey } from '../features/members/leave.keys.ts'
import { seqIn } from '../features/messages/use-destination.ts'
import { RoomHeader } from '../features/rooms/RoomHeader.tsx'
import { useRoomOrder } from '../features/rooms/RoomOrderProvider.tsx'
import { useRoom, type RoomInfo } from '../features/rooms/rooms.queries.ts'
import { errorMessage } from '../server/problem-message.ts'
import { useKept } from '../session/session.ts'
import { requestIdOf } from './request-id.ts'
import { isolated } from '../ui/isolated.ts'
import { Problem } from '../ui/Problem.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { ConnectionBanner, ConnectionDot } from './ConnectionStatus.tsx'
import { Conversation } from './Conversation.tsx'
import { rememberRoom } from './last-room.ts'
import { NotFoundPage } from './NotFoundPage.tsx'
import { paths } from './paths.ts'
import { Region } from './Region.tsx'
import { useAddPeople } from './use-add-people.ts'
import { RoomSkeleton } from './WorkspaceSkeleton.tsx'
import * as words from '../words/en/app.en.ts'
import { members } from '../words/en/rooms.en.ts'
import { rich, t } from '../words/say.ts'

export function RoomPage() {
  const { roomId = '', seq } = useParams()
  return <RoomAt key={roomId} roomId={roomId} seq={seq} />
}

/**
 * The room at this address: one of mine, one I was removed from while it was open, one I left, or one I do not know.
 */
function RoomAt({ roomId, seq }: { roomId: string; seq: string | undefined }) {
  const room = useRoom(roomId)
  const { rooms, isLoading, error } = useRoomOrder()
  const name = room && rooms.find(({ id }) => id === roomId)?.name
  const [lastName, setLastName] = useState(name)
  if (name !== undefined && name !== lastName) setLastName(name)
  const hasLeft = useHasLeft(room, roomId)

  const [missing, setMissing] = useState<string>()
  const onMissing = useCallback(() => setMissing(seq), [seq])
  const isNowhere = seq !== undefined && (missing === seq || seqIn(seq) === undefined)

  if (room && name !== undefined) {
    if (isNowhere) return <NoSuchMessage />
    return <OpenRoom room={room} name={name} onMissing={onMissing} />
  }
  if (hasLeft) return <Navigate replace to={paths.home} />
  if (lastName !== undefined) return <TakenOut name={lastName} />
  if (isLoading) return <RoomSkeleton />
  if (error) return <NotLoaded error={error} />
  if (seq !== undefined) return <NoSuchMessage />
  return <NotFoundPage title={t(words.noSuchRoom)} detail={t(words.noSuchRoomForYou)} />
}

/** The same for every message that I cannot read, so that nobody learns which there are. */
function NoSuchMessage() {
  return <NotFoundPage title={t(words.noSuchMessage)} detail={t(words.noSuchMessageForYou)} />
}

function OpenRoom(props: { room: RoomInfo; name: string; onMissing: () => void }) {
  const { room, name, onMissing } = props
  const panel = useOutlet()
  const addPeople = useAddPeople()
  const { browser } = useKept()

  useEffect(() => {
    rememberRoom(browser, room.id)
  }, [browser, room.id])
  usePageTitle(isolated(name))

  return (
    <div className="relative flex min-h-0 flex-1">
      {/* Covered by the panel, it keeps its size, and so its scroll position. */}
      <div className={`flex min-w-0 flex-1 flex-col ${panel ? 'max-panel:invisible' : ''}`}>
        <RoomHeader
          room={room}
          name={name}
          backTo={paths.rooms}
          members={<MemberCount count={room.memberCount} to={paths.members(room.id)} />}
          aside={
            <>
              {/* The panel has its own button. */}
              {!panel && addPeople && <addPeople.AddPeopleToRoom room={room} />}
              <ConnectionDot />
            </>
          }
        />
        <ConnectionBanner besideDot />
        <Conversation room={room} name={name} besidePanel={panel !== null} onMissing={onMissing} />
      </div>
      {panel && (
        <aside
          aria-label={t(members)}
          data-region
          tabIndex={-1}
          className="flex min-h-0 w-84 flex-col border-s border-line bg-paper outline-none [--behind:var(--paper)] max-panel:absolute max-panel:inset-0 max-panel:w-auto max-panel:border-0"
        >
          {/* On a narrow screen the panel covers the banner of the room. */}
          <div className="panel:hidden">
            <ConnectionBanner />
          </div>
          <Region part={words.panelBroken}>
            <Suspense>{panel}</Suspense>
          </Region>
        </aside>
      )}
    </div>
  )
}

function NotLoaded({ error }: { error: Error }) {
  const title = t(words.roomNotLoaded)
  usePageTitle(title)
  return <Problem title={title} detail={errorMessage(error)} requestId={requestIdOf(error)} />
}

function TakenOut({ name }: { name: string }) {
  return (
    <NotFoundPage
      title={rich(words.accessLost, { room: <bdi>{name}</bdi> })}
      // The name of a room that I may no longer see is not part of it.
      pageTitle={t(words.accessLostTitle)}
      detail={t(words.accessLostDetail)}
    />
  )
}

/** Whether I left by myself, so that no notice is needed. */
function useHasLeft(room: RoomInfo | undefined, roomId: string): boolean {
  const isLeaving = useIsMutating({ mutationKey: leaveKey(roomId) }) > 0
  const [hasLeft, setHasLeft] = useState(false)
  if (isLeaving && !hasLeft) setHasLeft(true)
  // Leaving was refused.
  if (!isLeaving && hasLeft && room) setHasLeft(false)
  return hasLeft
}
