import { ROOM_NAME_MAX_CHARS } from '@conclave/shared/rooms'
import { useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useJoinRoom } from '../features/members/membership.queries.ts'
import { useDirectory } from '../features/rooms/directory.queries.ts'
import { DirectoryRow } from '../features/rooms/DirectoryRow.tsx'
import { useRooms } from '../features/rooms/rooms.queries.ts'
import { ShowMore } from '../features/rooms/ShowMore.tsx'
import { errorMessage } from '../server/problem-message.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Problem.tsx'
import { RowsSkeleton } from '../ui/RowsSkeleton.tsx'
import { TextField } from '../ui/TextField.tsx'
import { useSettled } from '../ui/use-settled.ts'
import { Page } from './Page.tsx'
import { paths } from './paths.ts'
import { requestIdOf } from './request-id.ts'

const SEARCH_AFTER_MS = 200

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
  const [text, setText] = useState('')
  const search = useSettled(text.trim().toWellFormed(), SEARCH_AFTER_MS)
  return (
    <>
      <p className="pb-3 text-soft">
        Open rooms are for everyone in the team. Closed rooms are shown only to their members.
      </p>
      <search className="block pb-3">
        <TextField
          label="Find a room"
          value={text}
          maxLength={ROOM_NAME_MAX_CHARS}
          autoComplete="off"
          onChange={({ target }) => setText(target.value)}
        />
      </search>
      <FoundRooms search={search} />
    </>
  )
}

function FoundRooms({ search }: { search: string }) {
  const directory = useDirectory(search)
  const { rooms, error, refetch, hasMore } = directory
  const { rooms: mine } = useRooms()
  const { mutate: join, isPending, variables, error: refusal } = useJoinRoom()
  const navigate = useNavigate()
  const list = useRef<HTMLUListElement>(null)
  const inside = new Set(mine.map(({ id }) => id))

  if (error && (!rooms || directory.isStale)) {
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
      <output className="sr-only">
        {!directory.isStale && search !== '' && foundText(rooms.length, hasMore)}
      </output>
      {(refusal ?? error) && (
        <p role="alert" className="pb-2 text-danger">
          {errorMessage(refusal ?? error)}
        </p>
      )}
      {rooms.length === 0 && <NoRooms search={search} />}
      <ul ref={list} aria-label="Open rooms" aria-busy={directory.isStale}>
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
      <ShowMore
        list={list}
        count={rooms.length}
        hasMore={hasMore && !directory.isStale}
        isLoading={directory.isLoadingMore}
        onMore={directory.loadMore}
      />
    </>
  )
}

function NoRooms({ search }: { search: string }) {
  if (search === '') return <p className="py-3">There is no open room yet.</p>
  return (
    <p className="py-3">
      No open room has <bdi>“{search}”</bdi> in its name.
    </p>
  )
}

function foundText(count: number, hasMore: boolean): string {
  if (hasMore) return `${count} rooms found so far`
  return `${count} ${count === 1 ? 'room' : 'rooms'} found`
}
