import { Link, useNavigate } from 'react-router'
import { useJoinRoom } from '../features/members/membership.queries.ts'
import { useDirectory } from '../features/rooms/directory.queries.ts'
import { DirectoryRow } from '../features/rooms/DirectoryRow.tsx'
import { useRooms } from '../features/rooms/rooms.queries.ts'
import { errorMessage } from '../server/problem-message.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Problem.tsx'
import { RowsSkeleton } from '../ui/RowsSkeleton.tsx'
import { Page } from './Page.tsx'
import { paths } from './paths.ts'
import { requestIdOf } from './request-id.ts'

/** The open rooms: anyone in the team may find and join one. */
export function BrowsePage() {
  return (
    <Page
      title="Browse rooms"
      aside={
        <Link
          to={paths.newRoom}
          className="inline-flex min-h-10 items-center rounded-control bg-brass px-4 font-medium text-on-brass hover:bg-brass-strong touch:min-h-11"
        >
          New room
        </Link>
      }
    >
      <Directory />
    </Page>
  )
}

function Directory() {
  const { rooms, error, refetch } = useDirectory()
  const { rooms: mine } = useRooms()
  const { mutate: join, isPending, variables, error: refusal } = useJoinRoom()
  const navigate = useNavigate()
  const inside = new Set(mine.map(({ id }) => id))

  if (!rooms && error) {
    return (
      <Problem
        title="The rooms could not be loaded"
        detail={errorMessage(error)}
        requestId={requestIdOf(error)}
      >
        <Button onClick={refetch}>Try again</Button>
      </Problem>
    )
  }
  if (!rooms) return <RowsSkeleton label="Loading the rooms" />
  return (
    <>
      <p className="pb-2 text-soft">
        Open rooms are for everyone in the team. Closed ones appear only to those inside.
      </p>
      {refusal && (
        <p role="alert" className="pb-2 text-danger">
          {errorMessage(refusal)}
        </p>
      )}
      {rooms.length === 0 && <p className="py-3">There is no open room yet.</p>}
      <ul aria-label="Open rooms">
        {rooms.map((room) => (
          <DirectoryRow
            key={room.id}
            room={room}
            joined={inside.has(room.id)}
            to={paths.room(room.id)}
            isBusy={isPending && variables === room.id}
            onJoin={() => join(room.id, { onSuccess: () => void navigate(paths.room(room.id)) })}
          />
        ))}
      </ul>
    </>
  )
}
