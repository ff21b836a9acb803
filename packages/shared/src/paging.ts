import { Type } from 'typebox'
import { Id, LimitText } from './ids.ts'

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
