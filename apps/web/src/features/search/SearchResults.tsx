import type { SearchHit, SearchPage } from '@conclave/shared/search'
import { useCallback, useMemo, useRef, type ComponentType, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { errorMessage } from '../../server/problem-message.ts'
import { Button } from '../../ui/Button.tsx'
import { Found } from '../../ui/Found.tsx'
import { LongList } from '../../ui/LongList.tsx'
import { RowsSkeleton } from '../../ui/RowsSkeleton.tsx'
import { useRoomOrder } from '../rooms/RoomOrderProvider.tsx'
import { nothingFoundBecause } from './nothing-found.ts'
import { useSearchPages } from './search.queries.ts'
import { useSearchPlace } from './use-search-place.ts'
import { SearchHitRow } from './SearchHitRow.tsx'
import { useHitKeys } from './use-hit-keys.ts'
import { tryAgain } from '../../words/en/common.en.ts'
import * as words from '../../words/en/search.en.ts'
import { t } from '../../words/say.ts'

/** What a search has found in the rooms that I am in now, the newest first. */
export function SearchResults(props: {
  search: string
  pathOf: (roomId: string, seq: number) => string
  /** Shown when the search could not be made. */
  Failed: ComponentType<{ error: Error; children: ReactNode }>
}) {
  const { search, pathOf, Failed } = props
  const { pages, isStale, error, refetch, more } = useSearchPages(search)
  const hits = useHitsOfMyRooms(pages)
  if (error && (!pages || isStale)) {
    return (
      <Failed error={error}>
        <Button onClick={refetch}>{t(tryAgain)}</Button>
      </Failed>
    )
  }
  if (!pages) return <RowsSkeleton label={t(words.searching)} />
  const reason = pages[0]?.reason
  return (
    <>
      {error && (
        <p role="alert" className="pb-2 text-danger">
          {errorMessage(error)}
        </p>
      )}
      {pages.some(({ indexing }) => indexing) && (
        <p className="px-3 pb-2 text-small text-soft">{t(words.indexing)}</p>
      )}
      <Found
        search={search}
        isStale={isStale}
        count={hits.length}
        hasMore={more.hasMore}
        found={words.messagesFound}
        refusal={reason && nothingFoundBecause(reason)}
      >
        {t(words.noMatch)}
      </Found>
      <Hits hits={hits} isStale={isStale} more={more} pathOf={pathOf} />
    </>
  )
}

function Hits(props: {
  hits: readonly SearchHit[]
  isStale: boolean
  more: Parameters<typeof LongList>[0]['more']
  pathOf: (roomId: string, seq: number) => string
}) {
  const { hits, isStale, more, pathOf } = props
  const list = useRef<HTMLDivElement>(null)
  const { key } = useLocation()
  const { openedId, keep } = useSearchPlace(key)
  const rooms = useRoomsById()
  const onKeyDown = useHitKeys(list)
  const row = useCallback(
    (hit: SearchHit) => {
      const room = rooms.get(hit.roomId)
      return (
        room && (
          <SearchHitRow
            hit={hit}
            room={room}
            to={pathOf(hit.roomId, hit.seq)}
            isOpened={hit.id === openedId}
            onOpen={keep}
            onKeyDown={onKeyDown}
          />
        )
      )
    },
    [rooms, pathOf, openedId, keep, onKeyDown],
  )
  return (
    <div ref={list}>
      <LongList
        label={t(words.results)}
        items={hits}
        keyOf={idOf}
        isStale={isStale}
        {...(more && { more })}
        currentKey={openedId}
      >
        {row}
      </LongList>
    </div>
  )
}

function idOf({ id }: SearchHit): string {
  return id
}

/** Without those of a room that I have left since they were found. */
function useHitsOfMyRooms(pages: readonly SearchPage[] | undefined): readonly SearchHit[] {
  const rooms = useRoomsById()
  return useMemo(
    () => (pages ?? []).flatMap(({ hits }) => hits).filter(({ roomId }) => rooms.has(roomId)),
    [pages, rooms],
  )
}

function useRoomsById() {
  const { rooms } = useRoomOrder()
  return useMemo(() => new Map(rooms.map((room) => [room.id, room])), [rooms])
}
