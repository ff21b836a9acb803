import type { Room } from '@conclave/shared/rooms'
import { useEffect } from 'react'
import { useParams } from 'react-router'
import { MemberCount } from '../features/members/MemberCount.tsx'
import { useMe, usePeople } from '../features/people/people.queries.ts'
import { roomName } from '../features/rooms/room-name.ts'
import { RoomHeader } from '../features/rooms/RoomHeader.tsx'
import { useRoom, useRooms } from '../features/rooms/rooms.queries.ts'
import { errorMessage } from '../server/problem-message.ts'
import { requestIdOf } from './request-id.ts'
import { isolated } from '../ui/isolated.ts'
import { Problem } from '../ui/Problem.tsx'
import { ConnectionStatus } from './ConnectionStatus.tsx'
import { Conversation } from './Conversation.tsx'
import { rememberRoom } from './last-room.ts'
import { NotFoundPage } from './NotFoundPage.tsx'
import { paths } from './paths.ts'
import { RoomSkeleton } from './WorkspaceSkeleton.tsx'

export function RoomPage() {
  const { roomId = '' } = useParams()
  const room = useRoom(roomId)
  const { isLoading, error } = useRooms()
  if (room) return <OpenRoom key={room.id} room={room} />
  if (isLoading) return <RoomSkeleton />
  if (error) {
    return (
      <Problem
        title="The room could not be loaded"
        detail={errorMessage(error)}
        requestId={requestIdOf(error)}
      />
    )
  }
  return (
    <NotFoundPage title="There is no such room" detail="It does not exist, or you are not in it." />
  )
}

function OpenRoom({ room }: { room: Room }) {
  const { me } = useMe()
  const { byId } = usePeople()
  const name = roomName(room, byId, me?.id)

  useEffect(() => {
    rememberRoom(room.id)
    document.title = `${isolated(name)} · Conclave`
  }, [room.id, name])

  return (
    <>
      <RoomHeader
        room={room}
        backTo={paths.rooms}
        members={<MemberCount roomId={room.id} />}
        aside={<ConnectionStatus />}
      />
      <Conversation room={room} name={name} />
    </>
  )
}
