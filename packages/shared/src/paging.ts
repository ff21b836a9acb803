import { Type } from 'typebox'
import { Id, LimitText, WRITTEN_PATTERN } from './ids.ts'

/** The maximum number of entries of a page. */
export const LIST_PAGE_MAX = 100
/** The approximate size of a page in bytes of JSON; a page that would be larger ends earlier. */
export const PAGE_MAX_BYTES = 200_000
/** The most bytes of a response with a list: a page, its last entry and the JSON around them. */
export const LIST_ANSWER_MAX_BYTES = 262_144

/**
 * Where a page starts, and its maximum size. These lists are ordered by ids, which never change, so an entry that stays
 * in the list while it is being paged through is seen exactly once.
 */
export const pageOfIds = {
  /** The `next` of the page before. */
  after: Type.Optional(Id),
  limit: Type.Optional(LimitText),
}

/** Where the next page starts; absent on the last page. */
export const next = Type.Optional(Id)

/** The longest text that a list is searched for. */
export const SEARCH_MAX_CHARS = 80

/**
 * A cursor of a list that is ordered by name: opaque, the `next` of a page. It is as long as the longest name may become
 * when its letters are taken apart: 33 bytes for one of U+FDFA.
 */
const NamePlace = Type.String({ pattern: '^[A-Za-z0-9_-]{1,6000}$' })

/**
 * A page of a list that is ordered by name, and may be searched. Names change, so somebody who is renamed while the list is
 * being paged through may be seen twice or not at all.
 */
export const pageByName = {
  /** The `next` of the page before. */
  after: Type.Optional(NamePlace),
  limit: Type.Optional(LimitText),
  /** Text that the name contains, ignoring case and how letters are composed. */
  search: Type.Optional(Type.String({ maxLength: SEARCH_MAX_CHARS, pattern: WRITTEN_PATTERN })),
}

/** Where the next page of a list by name starts; absent on the last page. */
export const nextByName = Type.Optional(NamePlace)
