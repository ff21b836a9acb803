import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import { askForQuotes } from '@conclave/client/parts/quotes.part'
import { search } from '@conclave/shared/search'
import type { Rooms } from '@conclave/shared/rooms'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useCall } from '../../server/call.ts'
import { usePages, type Pages, type PagesData } from '../../server/use-pages.ts'
import { useOfRooms } from '../rooms/rooms.queries.ts'
import { foundPage, movedHits, withCurrent, type FoundPage, type MovedHits } from './found-pages.ts'
import { searchToSend } from './search-dates.ts'

const SEARCH = 'search'
/** Long enough to look at what was found, and come back. */
const KEPT_MS = 10 * 60_000
/** The least time between two looks at what became of what was found. */
const LOOK_AFTER_MS = 2_000
/** So many times as long it is at most while the server does not answer. */
const LONGEST_PAUSE = 16
const NONE: readonly FoundPage[] = []
const NOTHING_MOVED: readonly MovedHits[] = []

/**
 * What a search finds, loaded as far as somebody scrolls. It stays as it was found, so that whoever comes back from a message
 * finds the same list; the next search is a new one. Only what is removed or changed meanwhile goes, or changes.
 */
export function useSearchPages(text: string): Pages<FoundPage> {
  const call = useCall()
  const queryClient = useQueryClient()
  const list = usePages<FoundPage>({
    queryKey: [SEARCH],
    search: text,
    load: async ({ search: q = '', after: cursor }) => {
      const rooms = queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms ?? []
      const query = { q: searchToSend(q), ...(cursor === undefined ? {} : { cursor }) }
      return foundPage(await call(search, { query }), rooms)
    },
    isFixed: true,
    keptMs: KEPT_MS,
  })
  useKeptTrue(text, list.isStale ? NONE : (list.pages ?? NONE))
  return list
}

/**
 * Asks what became of the messages of rooms that have moved. Most of them are loaded nowhere, so nothing else would tell that one
 * was removed; that its room has moved I learn in any case, by an event, a hint, or a look.
 */
function useKeptTrue(text: string, pages: readonly FoundPage[]): void {
  const call = useCall()
  const queryClient = useQueryClient()
  const { data: moved = NOTHING_MOVED } = useOfRooms((rooms) => movedHits(pages, rooms))
  const askedAt = useRef(-Infinity)
  const [failed, setFailed] = useState(0)
  useEffect(() => {
    if (moved.length === 0) return
    async function ask({ roomId, ids }: MovedHits) {
      const answer = await askForQuotes(call, roomId, ids)
      queryClient.setQueryData<PagesData<FoundPage>>(
        [SEARCH, text],
        (found) => found && { ...found, pages: withCurrent(found.pages, roomId, answer) },
      )
    }
    async function askAll() {
      askedAt.current = performance.now()
      const asked = await Promise.allSettled(moved.map(ask))
      const isFailed = asked.some(({ status }) => status === 'rejected')
      setFailed((times) => (isFailed ? times + 1 : 0))
    }
    const pause = LOOK_AFTER_MS * Math.min(2 ** failed, LONGEST_PAUSE)
    const wait = askedAt.current + pause - performance.now()
    const timer = setTimeout(() => void askAll(), Math.max(0, wait))
    return () => clearTimeout(timer)
  }, [call, queryClient, text, moved, failed])
}
