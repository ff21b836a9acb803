import { SEARCH_MAX_CHARS } from '@conclave/shared/paging'
import type { DirectoryRoom } from '@conclave/shared/rooms'
import { useCallback, useMemo } from 'react'
import { Link, useNavigate } from 'react-router'
import { useJoinRoom } from '../features/members/membership.queries.ts'
import { useDirectory } from '../features/rooms/directory.queries.ts'
import { DirectoryRow } from '../features/rooms/DirectoryRow.tsx'
import { useRoomOrder } from '../features/rooms/RoomOrderProvider.tsx'
import { errorMessage } from '../server/problem-message.ts'
import { Button } from '../ui/Button.tsx'
import { Found } from '../ui/Found.tsx'
import { LongList } from '../ui/LongList.tsx'
import { Problem } from '../ui/Problem.tsx'
import { RowsSkeleton } from '../ui/RowsSkeleton.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useSearch } from '../ui/use-search.ts'
import { Page } from './Page.tsx'
import { paths } from './paths.ts'
import { requestIdOf } from './request-id.ts'
import { tryAgain } from '../words/en/common.en.ts'
import * as words from '../words/en/open-rooms.en.ts'
import { browseRooms } from '../words/en/rooms.en.ts'
import { rich, t } from '../words/say.ts'

/** The open rooms: anyone in the team may find and join one. */
export function BrowsePage() {
  return (
    <Page
      title={t(browseRooms)}
      aside={
        <Link
          to={paths.newRoom}
          className="inline-flex min-h-10 items-center rounded-control bg-brass px-4 font-medium text-on-brass hover:bg-brass-strong touch:min-h-11"
        >
          {t(words.newRoom)}
        </Link>
      }
    >
      <Directory />
    </Page>
  )
}

function Directory() {
  const { text, setText, search } = useSearch()
  return (
    <>
      <p className="pb-3 text-soft">{t(words.openAndClosed)}</p>
      <SearchField
        label={t(words.findRoom)}
        text={text}
        maxLength={SEARCH_MAX_CHARS}
        onText={setText}
      />
      <FoundRooms search={search} />
    </>
  )
}

function FoundRooms({ search }: { search: string }) {
  const { pages, isStale, error, refetch, more } = useDirectory(search)
  const inside = useMyRoomIds()
  const { mutate, isPending, variables, error: refusal } = useJoinRoom()
  const navigate = useNavigate()
  const rooms = useMemo(() => pages?.flatMap((page) => page.rooms), [pages])
  const row = useCallback(
    (room: DirectoryRoom) => (
      <DirectoryRow
        room={room}
        joined={inside.has(room.id)}
        to={paths.room(room.id)}
        isBusy={isPending && variables === room.id}
        onJoin={() => mutate(room.id, { onSuccess: () => void navigate(paths.room(room.id)) })}
      />
    ),
    [inside, isPending, variables, mutate, navigate],
  )

  if (error && (!rooms || isStale)) {
    return (
      <Problem
        title={t(words.openRoomsNotLoaded)}
        detail={errorMessage(error)}
        requestId={requestIdOf(error)}
      >
        <Button onClick={refetch}>{t(tryAgain)}</Button>
      </Problem>
    )
  }
  if (!rooms) return <RowsSkeleton label={t(words.loadingOpenRooms)} />
  return (
    <>
      {(refusal ?? error) && (
        <p role="alert" className="pb-2 text-danger">
          {errorMessage(refusal ?? error)}
        </p>
      )}
      {rooms.length === 0 && search === '' && <p className="py-3">{t(words.noOpenRoom)}</p>}
      <Found
        search={search}
        isStale={isStale}
        count={rooms.length}
        hasMore={more.hasMore}
        found={words.roomsFound}
      >
        {rich(words.noRoomNamed, { search: <bdi />, text: search })}
      </Found>
      <LongList label={t(words.openRooms)} items={rooms} keyOf={idOf} more={more} isStale={isStale}>
        {row}
      </LongList>
    </>
  )
}

function idOf({ id }: DirectoryRoom): string {
  return id
}

function useMyRoomIds(): ReadonlySet<string> {
  const { rooms } = useRoomOrder()
  return useMemo(() => new Set(rooms.map(({ id }) => id)), [rooms])
}
