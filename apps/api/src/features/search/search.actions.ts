import { SEARCH_PAGE_SIZE, type SearchHit, type SearchPage } from '@conclave/shared/search'
import { mentionsIn } from '@conclave/shared/mentions'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import type { Sql } from '../../database/connection.ts'
import { problem } from '../../problem.ts'
import { readNamed } from '../people/named.store.ts'
import { excerptOf } from './search-excerpt.ts'
import { readPlace, writePlace, type SearchPlace } from './search-place.ts'
import { planSearch, type NothingToFind, type SearchPlan } from './search-plan.ts'
import { peopleMeant, roomsMeant } from './search.names.ts'
import {
  areMoreThan,
  readEntries,
  readScope,
  type EntryQuery,
  type FoundEntry,
  type SearchScope,
} from './search.store.ts'
import { windowsBetween, type SearchWindow } from './search-windows.ts'

/** In up to so many rooms, each lookup in the index has them, so that what others say elsewhere is never read. */
const FEW_ROOMS = 128
/**
 * In more rooms, what is said all the time is found sooner among everything; what is rare, too. So of each stretch of time up to so
 * many of everybody's messages are read: all of the first two, some nine hours. If there are more, and no page yet, looking up
 * all rooms costs less, from there on.
 */
const EVERYBODYS_MESSAGES = { first: [Infinity, Infinity, 20_000], later: 4_000 } as const
/** In rooms with so few messages, what is said all the time is not much either: there it is not searched span by span. */
const FEW_MESSAGES = 2_000

/** Problems: `invalid-request`, for a cursor that is none. */
export async function search(
  ctx: Context,
  reader: Actor,
  { q, cursor }: { q: string; cursor?: string },
): Promise<SearchPage> {
  const place = readPlace(cursor)
  const plan = planSearch(q)
  if ('kind' in plan) return { hits: [], reason: plan }
  const scope = await readScope(ctx.sql, reader)
  if (!scope) throw problem('not-signed-in')
  const narrowed = await narrow(ctx, reader, plan)
  if ('kind' in narrowed) return { hits: [], reason: narrowed }
  const hits = await findHits(
    ctx,
    { reader, keys: plan.keys, wanted: plan.wanted, place, ...narrowed },
    { windows: windowsOf(plan, scope, place), rooms: narrowed.roomIds ?? scope.roomIds },
  )
  // Nothing is found for whoever was blocked meanwhile, too, and is to be told so.
  if (hits.length === 0 && !(await readScope(ctx.sql, reader))) throw problem('not-signed-in')
  const page = hits.slice(0, SEARCH_PAGE_SIZE)
  const last = hits.length > page.length ? page.at(-1) : undefined
  return {
    hits: page,
    ...(last ? { next: writePlace(placeOf(last)) } : {}),
    ...(scope.indexing ? { indexing: true } : {}),
    ...(await readNamed(ctx.sql, reader, peopleIn(page))),
  }
}

interface Narrowed {
  authorIds: string[] | undefined
  roomIds: string[] | undefined
}

/** Whom and which rooms the search names; or the first name that is of nobody, and of none of the reader's rooms. */
async function narrow(
  { sql }: Context,
  reader: Actor,
  plan: SearchPlan,
): Promise<Narrowed | NothingToFind> {
  const authorIds = plan.from && (await peopleMeant(sql, reader, plan.from))
  if (authorIds && 'kind' in authorIds) return authorIds
  const roomIds = plan.in && (await roomsMeant(sql, reader, plan.in))
  if (roomIds && 'kind' in roomIds) return roomIds
  return { authorIds, roomIds }
}

type WindowQuery = Omit<EntryQuery, 'window' | 'limit' | 'lookedUpIn'>

function* windowsOf(
  { since, until }: SearchPlan,
  { now, messages }: SearchScope,
  place: SearchPlace | undefined,
): Generator<SearchWindow> {
  // The last message of the page before is in no further window but its own.
  const end = Math.min(until, place ? place.at + 1 : Infinity)
  if (messages > FEW_MESSAGES) yield* windowsBetween({ since, until: end, now })
  else if (since < end) yield { since, until: end, keys: undefined }
}

/** The newest hits, one more than fits on a page if there are more. */
async function findHits(
  { sql }: Context,
  query: WindowQuery,
  { windows, rooms }: { windows: Iterable<SearchWindow>; rooms: readonly string[] },
): Promise<SearchHit[]> {
  const most = SEARCH_PAGE_SIZE + 1
  const hits: SearchHit[] = []
  let isLookedUp = rooms.length <= FEW_ROOMS
  let stretch = 0
  for (const window of windows) {
    // Once is enough: each stretch is longer than the one before.
    isLookedUp ||= !window.keys || (await isEverybodysMuch(sql, { ...query, window }, stretch))
    const lookedUpIn = isLookedUp ? rooms : undefined
    stretch += 1
    for (let place = query.place; hits.length < most;) {
      const limit = most - hits.length
      const found = await readEntries(sql, { ...query, place, window, lookedUpIn, limit })
      hits.push(...found.flatMap((entry) => toHit(entry, query.wanted) ?? []))
      const last = found.at(-1)
      if (found.length < limit || !last) break
      place = placeOf({ ...last, createdAt: last.at })
    }
    if (hits.length >= most) break
  }
  return hits
}

async function isEverybodysMuch(
  sql: Sql,
  query: WindowQuery & { window: SearchWindow },
  stretch: number,
): Promise<boolean> {
  const most = EVERYBODYS_MESSAGES.first[stretch] ?? EVERYBODYS_MESSAGES.later
  return most < Infinity && areMoreThan(sql, query, most)
}

/** Undefined for a message that does not say that any more, or is of another time than the index has it. */
function toHit(
  { at, text, editedAt, ...entry }: FoundEntry,
  wanted: readonly string[],
): SearchHit | undefined {
  if (at !== entry.createdAt) return undefined
  const excerpt = excerptOf(text, wanted)
  return excerpt && { ...entry, ...(editedAt === null ? {} : { editedAt }), ...excerpt }
}

function placeOf({
  createdAt,
  roomId,
  seq,
}: Pick<SearchHit, 'createdAt' | 'roomId' | 'seq'>): SearchPlace {
  return { at: Date.parse(createdAt), roomId, seq }
}

function peopleIn(hits: readonly SearchHit[]): string[] {
  return [
    ...hits.map(({ authorId }) => authorId),
    ...hits.flatMap(({ excerpt }) => mentionsIn(excerpt).people),
  ]
}
