import { Navigate } from 'react-router'
import { useRoomOrder } from '../features/rooms/RoomOrderProvider.tsx'
import { useKept } from '../session/session.ts'
import { firstRoom } from './last-room.ts'
import { paths } from './paths.ts'
import { RoomSkeleton } from './WorkspaceSkeleton.tsx'

/** Continues in the room where I was last. */
export function HomePage() {
  const { rooms, isLoading } = useRoomOrder()
  const { browser } = useKept()
  if (isLoading) return <RoomSkeleton />
  const room = firstRoom(browser, rooms)
  return <Navigate replace to={room ? paths.room(room.id) : paths.rooms} />
}
