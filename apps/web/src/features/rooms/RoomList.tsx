import type { Room } from '@conclave/shared/rooms'
import { Plus } from 'lucide-react'
import { NavLink } from 'react-router'
import { errorMessage } from '../../server/problem-message.ts'
import { Bar, Skeleton } from '../../ui/Skeleton.tsx'
import { useMe, usePeople } from '../people/people.queries.ts'
import { otherPerson } from './other-person.ts'
import { roomName } from './room-name.ts'
import { RoomGlyph } from './RoomGlyph.tsx'
import { isUnread, useRooms } from './rooms.queries.ts'

const ROW =
  'flex min-h-8 items-center gap-2.5 rounded-control px-3 touch:min-h-11 max-wide:min-h-11 hover:bg-hover aria-[current=page]:bg-selected [--behind:var(--paper-sunken)]'
const SKELETON_ROWS = ['w-24', 'w-32', 'w-20', 'w-28', 'w-36']

/** My rooms by name; those with unread messages are bold. */
export function RoomList(props: { pathOf: (roomId: string) => string; browsePath: string }) {
  const { rooms, isLoading, error } = useRooms()
  if (isLoading) return <RoomListSkeleton />
  if (error && rooms.length === 0) {
    return (
      <p role="alert" className="flex-1 px-5 py-2 text-small text-soft">
        Your rooms could not be loaded. {errorMessage(error)}
      </p>
    )
  }
  return (
    <nav aria-label="Rooms" data-region className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
      {rooms.length === 0 ? (
        <p className="px-3 py-2 text-small text-soft">
          You are not in any room yet. Browse the open ones, or wait until somebody adds you.
        </p>
      ) : (
        <ul>
          {rooms.map((room) => (
            <li key={room.id}>
              <RoomLink room={room} to={props.pathOf(room.id)} />
            </li>
          ))}
        </ul>
      )}
      <NavLink to={props.browsePath} className={`mt-1 text-soft hover:text-ink ${ROW}`}>
        <Plus className="size-4 shrink-0" strokeWidth={1.75} aria-hidden="true" />
        Browse rooms
      </NavLink>
    </nav>
  )
}

function RoomLink({ room, to }: { room: Room; to: string }) {
  const { me } = useMe()
  const { byId } = usePeople()
  const unread = isUnread(room)
  return (
    <NavLink
      to={to}
      className={`${ROW} ${unread ? 'font-semibold' : 'text-soft aria-[current=page]:text-ink'}`}
    >
      <RoomGlyph room={room} other={otherPerson(room, byId, me?.id)} />
      <bdi className="written-line flex-1">{roomName(room, byId, me?.id)}</bdi>
      {unread && (
        <span className="size-1.5 rounded-full bg-brass">
          <span className="sr-only">unread</span>
        </span>
      )}
    </NavLink>
  )
}

export function RoomListSkeleton() {
  return (
    <Skeleton label="Loading your rooms">
      <div className="px-5">
        {SKELETON_ROWS.map((width) => (
          <div key={width} className="flex h-8 items-center gap-2.5">
            <Bar className="size-4" />
            <Bar className={`h-3 ${width}`} />
          </div>
        ))}
      </div>
    </Skeleton>
  )
}
