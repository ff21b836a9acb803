import { EXCERPT_NEEDS, type HeldQuotes } from '@conclave/shared/quotes.fold'
import type { Room } from '@conclave/shared/rooms'
import { findRoom } from '@conclave/shared/rooms.order'
import type { SearchHit, SearchPage } from '@conclave/shared/search'

/** A page of what was found, and of which revision of their rooms its messages are at least. */
export interface FoundPage extends SearchPage {
  revs: Readonly<Record<string, number>>
}

/** Messages of one room, which has moved since they were found. */
export interface MovedHits {
  roomId: string
  ids: string[]
}

/** `before`: my rooms as I knew them when the server was asked. */
export function foundPage(page: SearchPage, before: readonly Room[]): FoundPage {
  const revs = page.hits.map(({ roomId }) => [roomId, findRoom(before, roomId)?.rev ?? 0] as const)
  return { ...page, revs: Object.fromEntries(revs) }
}

/** What may have been changed or removed meanwhile, by room: a room that somebody only posts in moves, too. */
export function movedHits(pages: readonly FoundPage[], rooms: readonly Room[]): MovedHits[] {
  const now = new Map(rooms.map(({ id, rev }) => [id, rev]))
  const ids = new Map<string, string[]>()
  for (const { hits, revs } of pages) {
    for (const { id, roomId } of hits) {
      if ((now.get(roomId) ?? 0) > (revs[roomId] ?? 0))
        ids.set(roomId, [...(ids.get(roomId) ?? []), id])
    }
  }
  return [...ids].map(([roomId, ids]) => ({ roomId, ids }))
}

/** The pages once the server has said what the messages of this room are now: none of those that were removed. */
export function withCurrent(
  pages: readonly FoundPage[],
  roomId: string,
  { rev, byId }: HeldQuotes,
): FoundPage[] {
  return pages.map((page) => {
    const known = page.revs[roomId]
    if (known === undefined) return page
    const hits = page.hits.flatMap((hit) => currentHit(hit, known, byId))
    return { ...page, hits, revs: { ...page.revs, [roomId]: Math.max(known, rev) } }
  })
}

/** Of what was changed, the beginning: where the words are in it, only another search could say. */
function currentHit(hit: SearchHit, known: number, byId: HeldQuotes['byId']): SearchHit[] {
  const quote = byId[hit.id]
  if (quote === undefined || (quote && quote.rev <= known)) return [hit]
  if (quote === null || quote.removed) return []
  const isCut = Array.from(quote.text).length >= EXCERPT_NEEDS - 1
  if (quote.text.includes(hit.excerpt)) return [hit]
  return [{ ...hit, excerpt: quote.text, matches: [], cutBefore: false, cutAfter: isCut }]
}
