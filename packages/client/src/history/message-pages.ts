import type { Call } from '@conclave/shared/client'
import { joinPages, shortened } from '@conclave/shared/messages.fold'
import { listMessages, PAGE_SIZE, type MessagePage } from '@conclave/shared/messages'
import type { QueryClient } from '@tanstack/query-core'
import { messagesKey } from '../keys/messages.keys.ts'

/** Somebody who scrolls fast is not kept waiting so often, and a place has enough on both sides to fill a screen. */
const SCROLL_PAGE = 100
/** How many messages of a room a client holds; what is further from the reader is dropped, and loaded again when needed. */
export const RUN_MAX = 400

/** Where in a room: around a message, or the newest. */
export type Place = { seq: number } | 'end'

/** Loads more of a room's run of messages, or another run in its place. Each rejects if it cannot be loaded. */
export interface MessagePages {
  /** The page at a place, for a room that has none yet. */
  first: (place: Place) => Promise<MessagePage>
  /** The next page above or below; does nothing at that end, or while it is loading already. */
  more: (side: 'older' | 'newer') => Promise<void>
  /** Joins the page at a place to the run, or replaces the run by it if something lies between them. */
  goTo: (place: Place) => Promise<void>
  /** Drops what is far above the end of a run that has grown there. */
  keepEnd: () => void
}

export function createMessagePages(options: {
  call: Call
  queryClient: QueryClient
  roomId: string
}): MessagePages {
  const { call, queryClient, roomId } = options
  const loading = new Set<string>()

  const read = () => queryClient.getQueryData<MessagePage>(messagesKey(roomId))
  const change = (next: (page: MessagePage) => MessagePage) =>
    queryClient.setQueryData<MessagePage>(messagesKey(roomId), (page) => page && next(page))
  const ask = (query: Record<string, number>) =>
    call(listMessages, {
      params: { roomId },
      query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, `${value}`])),
    })
  const first = (place: Place) =>
    ask(place === 'end' ? { limit: PAGE_SIZE } : { around: place.seq, limit: SCROLL_PAGE })

  async function more(side: 'older' | 'newer'): Promise<void> {
    const page = read()
    const edge = page?.messages.at(side === 'older' ? 0 : -1)?.seq
    if (!page || edge === undefined || loading.has(side)) return
    if (side === 'older' ? page.reachesStart : page.reachesEnd) return
    loading.add(side)
    try {
      const limit = SCROLL_PAGE
      const loaded = await ask(side === 'older' ? { before: edge, limit } : { after: edge, limit })
      // If the run was replaced since, this page is not next to it any more.
      change((current) => {
        const joined = joinPages(current, loaded)
        const from = side === 'older' ? 'start' : 'end'
        return joined ? shortened(joined, { from, max: RUN_MAX }) : current
      })
    } finally {
      loading.delete(side)
    }
  }

  async function goTo(place: Place): Promise<void> {
    const page = await first(place)
    change((current) => {
      const joined = joinPages(current, page)
      // What is far from where the reader goes is of no use to them.
      return joined && joined.messages.length <= RUN_MAX ? joined : page
    })
  }

  return {
    first,
    more,
    goTo,
    keepEnd: () => {
      const page = read()
      if (page && page.reachesEnd && page.messages.length > RUN_MAX + SCROLL_PAGE)
        change((current) => shortened(current, { from: 'end', max: RUN_MAX }))
    },
  }
}
